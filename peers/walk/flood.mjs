// How an honest reporter fares during a flood, with the real program on SQLite:
// `cargo build --release -p plainsight && PLAINSIGHT=target/release/plainsight node peers/walk/flood.mjs [SECONDS] [SENDERS]`
// The flood neither works nor waits: it sends ever new reports as fast as it gets answers. Nothing here is a test.

import { House } from "../../tests/browser/house.mjs";
import { solver } from "../../web/scripts/puzzle.mjs";

const seconds = Number(process.argv[2] ?? 30);
const senders = Number(process.argv[3] ?? 24);
const house = await House.open("sqlite");

async function post(fields) {
  const answer = await fetch(`${house.public}/help?lang=en`, { method: "POST", body: new URLSearchParams(fields) });
  if (answer.status !== 200) throw new Error(`refused: ${answer.status}`);
  return answer.text();
}
const state = (html) => html.match(/name="state" value="([^"]*)"/)[1];
const data = (html, name) => html.match(new RegExp(`data-${name}="([^"]*)"`))?.[1];
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let over = false;
const flood = { posts: 0, waited: 0, stored: 0, refused: 0 };
async function machine() {
  const begun = await post({ go: "work" });
  while (!over) {
    try {
      const page = await post({ state: state(begun), page: "work", words: `invented ${(flood.posts += 1)}`, go: "send" });
      flood[data(page, "question") ? "waited" : "stored"] += 1;
    } catch {
      flood.refused += 1;
    }
  }
}

/** From the press of Send to the number, without the time that the puzzle itself takes (it is the reporter's phone that works). */
async function honest(way) {
  const begun = await post({ go: way });
  const words = { state: state(begun), page: way, words: "They sleep in the shop", go: "send" };
  let server = 0;
  const timed = async (fields) => {
    const begin = performance.now();
    const page = await post(fields);
    server += performance.now() - begin;
    return page;
  };
  let page = await timed(words);
  while (!page.includes("data-receipt=")) {
    const puzzle = solver(data(page, "question"), Number(data(page, "bits")));
    let work = null;
    while (!work) {
      work = puzzle.look(5000);
      await new Promise(setImmediate);
    }
    page = await timed({ state: state(page), page: "check", work, go: "send" });
  }
  return server;
}

async function reporters(way, times) {
  while (!over) {
    times.push(await honest(way));
    await pause(500);
  }
}

const quantile = (times, part) => times.sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))];
const said = (name, times) =>
  console.log(`${name}: ${times.length} sent, p50 ${quantile(times, 0.5)?.toFixed(0)} ms, p99 ${quantile(times, 0.99)?.toFixed(0)} ms`);

async function round(name, machines) {
  over = false;
  Object.assign(flood, { posts: 0, waited: 0, stored: 0, refused: 0 });
  const [work, me] = [[], []];
  const all = [reporters("work", work), reporters("me", me), ...Array.from({ length: machines }, machine)];
  await pause(seconds * 1000);
  over = true;
  await Promise.all(all);
  console.log(`== ${name}: ${(flood.posts / seconds).toFixed(0)} invented a second; ${flood.waited} asked to wait, ${flood.stored} stored, ${flood.refused} refused`);
  said("with work", work);
  said("to me", me);
}

try {
  console.log("waiting for some receipts ...");
  await pause(20_000);
  await round("no flood", 0);
  await round("flood", senders);
} finally {
  await house.close();
}
