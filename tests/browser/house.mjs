// Starts the real program with invented data on SQLite or PostgreSQL, and drives headless Chromium against it.

import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { promisify } from "node:util";

import { timed } from "./stopwatch.mjs";

export * from "./sound.mjs";

const web = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = web("playwright-core");

// Never the kind that blocks: the journeys of the other database go on meanwhile.
const run = promisify(execFile);

const program = process.env.PLAINSIGHT ?? new URL("../../target/debug/plainsight", import.meta.url).pathname;
const postgres = process.env.PLAINSIGHT_TEST_POSTGRES;

/** Where `cargo xtask test` keeps one house of each kind, from which the files take copies. Alone, a file furnishes its own. */
const models = process.env.PLAINSIGHT_JOURNEY_MODELS;

/** The databases that every journey is made on which writes something. */
export const databases = postgres ? ["sqlite", "postgresql"] : ["sqlite"];

/**
 * The journeys of a file on each database, both at the same time: while one waits for its server the other has the processor.
 * Within a house they go one after another (`concurrency: 1`), and none may need what an earlier one left behind.
 */
export function onEach(journeys) {
  describe("journeys", { concurrency: databases.length }, () => databases.forEach(journeys));
}

const sql = (text) => run("psql", [postgres, "-qc", text]);
const under = (databaseName) => postgres.replace(/\/[^/]*$/, `/${databaseName}`);

/** Loads the invented data into a folder, and into a database of PostgreSQL when one is named. */
async function furnish(folder, databaseName, contacts) {
  const words = ["demo", "--only-load", "--data", folder, "--contacts", String(contacts)];
  if (databaseName) {
    await sql(`CREATE DATABASE ${databaseName}`);
    words.push("--postgres", under(databaseName));
  }
  await run(program, words);
}

/** The folder of the house that copies are taken from; made by whoever comes first, and never opened itself. */
async function model(database, contacts) {
  const folder = join(models, `${database}-${contacts}`);
  if (!existsSync(folder)) {
    const made = mkdtempSync(`${folder}-`);
    const name = database === "postgresql" ? `model_${process.pid}_${contacts}` : undefined;
    await furnish(made, name, contacts);
    if (name) writeFileSync(join(made, "database"), name);
    try {
      renameSync(made, folder);
    } catch {
      // Another file was quicker.
      if (name) await sql(`DROP DATABASE ${name}`);
      rmSync(made, { recursive: true });
    }
  }
  return folder;
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A running instance with invented data. */
export class House {
  static open(database, options) {
    return timed(`a house on ${database}`, () => House.#open(database, options));
  }

  static async #open(database, { contacts = 12 } = {}) {
    const house = new House();
    house.folder = mkdtempSync(join(tmpdir(), "plainsight-journey-"));
    const [publicPort, deskPort, filesPort] = [await freePort(), await freePort(), await freePort()];
    house.public = `http://localhost:${publicPort}`;
    house.desk = `http://localhost:${deskPort}`;
    house.files = `http://localhost:${filesPort}`;
    house.sessions = new Map();
    house.used = new Map();
    if (database === "postgresql") house.databaseName = `journey_${process.pid}_${publicPort}`;
    if (models) {
      const from = await model(database, contacts);
      cpSync(from, house.folder, { recursive: true });
      if (house.databaseName) await sql(`CREATE DATABASE ${house.databaseName} TEMPLATE ${readFileSync(join(from, "database"), "utf8")}`);
    } else {
      await furnish(house.folder, house.databaseName, contacts);
    }
    const words = ["demo", "--data", house.folder, "--public", `127.0.0.1:${publicPort}`, "--desk", `127.0.0.1:${deskPort}`];
    words.push("--files", `127.0.0.1:${filesPort}`);
    if (house.databaseName) words.push("--postgres", under(house.databaseName));
    house.words = words;
    await house.begin();
    house.signIns = JSON.parse(readFileSync(join(house.folder, "sign-ins.json"), "utf8"));
    return house;
  }

  /** Starts the program, also after it was killed. */
  async begin() {
    this.child = spawn(program, this.words, { stdio: ["ignore", "pipe", "pipe"] });
    this.said = "";
    this.child.stdout.on("data", (text) => (this.said += text));
    this.child.stderr.on("data", (text) => (this.said += text));
    await this.answers();
  }

  /** Ends the program as a power cut would. Its two processes end with it. */
  async kill() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
    for (let wait = 0; wait < 200; wait += 1) {
      try {
        await fetch(`${this.public}/`);
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("the program goes on after it was killed");
  }

  async answers() {
    for (let wait = 0; wait < 2400; wait += 1) {
      if (this.child.exitCode !== null) throw new Error(`the program ended:\n${this.said}`);
      try {
        const answers = await Promise.all([fetch(`${this.public}/?lang=en`), fetch(`${this.desk}/sign-in`)]);
        if (answers.every((answer) => answer.ok)) return;
      } catch {
        // Not yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the program does not answer:\n${this.said}`);
  }

  /** What the program says to a command about this instance. */
  async run(...words) {
    const { stdout } = await run(program, [...words, "--config", join(this.folder, "plainsight.toml")]);
    return stdout.trim();
  }

  /** The six-digit code of this moment. A code opens once: waits until the member's application shows another one than last time. */
  async freshCode(signInName) {
    for (;;) {
      const code = await this.run("member", "code", signInName);
      if (this.used.get(signInName) !== code) {
        this.used.set(signInName, code);
        return code;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** What a page asks of others, and what its own policy refuses: both must stay empty. */
  watch(page) {
    const watched = { foreign: [], policy: [] };
    page.on("request", (request) => {
      if (!request.url().startsWith(this.public) && !request.url().startsWith("data:")) watched.foreign.push(request.url());
    });
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) watched.policy.push(message.text());
    });
    return watched;
  }

  /** Opens the contact whose text holds these words, from a list at the desk. */
  async openContactWith(page, words, show = "new") {
    await page.goto(`${this.desk}/helpline?show=${show}`);
    const links = await page.locator(".ps-rows tbody a").evaluateAll((found) => found.map((each) => each.href));
    // What came last stands last.
    for (const link of links.reverse()) {
      await page.goto(link);
      if ((await page.locator("main").innerText()).includes(words)) return;
    }
    throw new Error(`no contact in the list "${show}" holds the words ${words}`);
  }

  async close() {
    this.child.kill("SIGTERM");
    await new Promise((resolve) => (this.child.exitCode === null ? this.child.once("exit", resolve) : resolve()));
    if (this.databaseName) await sql(`DROP DATABASE IF EXISTS ${this.databaseName} WITH (FORCE)`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One browser for a file of tests. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.PLAINSIGHT_CHROMIUM?.startsWith("/") ? process.env.PLAINSIGHT_CHROMIUM : "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Does what leads to another page, and waits for that. */
export async function leads(page, act) {
  await Promise.all([page.waitForEvent("framenavigated"), act()]);
  await page.waitForLoadState("load");
}

/** Presses a button that posts its form, and waits for the page that comes. */
export const send = (page, button) => leads(page, () => button.click());

/** Presses the button of the journey that does this. */
export async function press(page, go) {
  await Promise.all([page.waitForLoadState("domcontentloaded"), page.locator(`button[name="go"][value="${go}"]`).first().click()]);
  await page.waitForLoadState("load");
}

/**
 * Signs a member in at the desk. The form is filled in once for a member and a house; whoever comes later brings the cookie of
 * that session, for a second code is half a minute away. `byHand` asks for the form.
 */
export async function signIn(house, page, signInName, { byHand = false } = {}) {
  const kept = house.sessions.get(signInName);
  if (kept && !byHand) {
    await page.context().addCookies([kept]);
    await page.goto(house.desk);
    if (new URL(page.url()).pathname !== "/sign-in") return;
  }
  const member = house.signIns.find((each) => each.signInName === signInName);
  const code = await timed("a fresh code", () => house.freshCode(signInName));
  await page.goto(`${house.desk}/sign-in`);
  await page.fill("input[name='name']", member.signInName);
  await page.fill("input[name='password']", member.password);
  await page.fill("input[name='code']", code);
  await page.locator("main form button.govuk-button:not([type='button'])").first().click();
  await page.waitForLoadState("load");
  house.sessions.set(signInName, (await page.context().cookies()).find((each) => each.name === "__Host-desk"));
}
