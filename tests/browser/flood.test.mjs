// Many send at once: with the real program under a flood, a person with scripts and one without get their number, and one to
// whom it is happening gets it at once. Nobody is refused, nobody who floods either.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { solver } from "../../web/scripts/puzzle.mjs";
import { databases, fits, House, openBrowser, press, violations } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** Posts a form as a machine does, and gives the page. */
async function post(house, fields) {
  const answer = await fetch(`${house.public}/help?lang=en`, { method: "POST", body: new URLSearchParams(fields) });
  assert.equal(answer.status, 200, "nobody is refused");
  return answer.text();
}

const state = (html) => html.match(/name="state" value="([^"]*)"/)[1];

/** One invented report of a machine that waits for nothing. */
async function invented(house, begun, number) {
  return post(house, { state: state(begun), page: "work", words: `invented ${number}`, go: "send" });
}

/** Sends without end, `at once` at a time, until it is told to stop. */
function flood(house, atOnce) {
  const flooding = { over: false, sent: 0, waited: 0, refused: [] };
  const one = async () => {
    // One form with ever other words is as good as ever another form.
    const begun = await post(house, { go: "work" });
    while (!flooding.over) {
      try {
        const page = await invented(house, begun, (flooding.sent += 1));
        if (page.includes("data-question=")) flooding.waited += 1;
      } catch (error) {
        flooding.refused.push(String(error));
      }
    }
  };
  flooding.done = Promise.all(Array.from({ length: atOnce }, one));
  return flooding;
}

async function reporter(house, options, way = "work") {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 }, ...options })).newPage();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, way);
  await page.fill("textarea[name=words]", `They sleep in the shop: ${way}`);
  return page;
}

async function receipt(page, timeout = 120_000) {
  const number = page.locator("[data-receipt]");
  await number.waitFor({ timeout });
  assert.match((await number.getAttribute("data-receipt")).replaceAll(" ", ""), /^\d{25}$/);
}

test("the script finds what the server takes", () => {
  const question = "0123456789abcdef0123456789abcdef";
  for (const [bits, known] of [[12, "aaaaafok"], [16, null]]) {
    const puzzle = solver(question, bits);
    let found = null;
    while (!found) found = puzzle.look(1000);
    if (known) assert.equal(found, known);
    assert.match(found, /^[a-p]{8}$/);
    const hash = createHash("sha256").update(question + found).digest();
    assert.equal(hash.readUInt32BE() >>> (32 - bits), 0);
  }
});

for (const database of databases) {
  describe(`under a flood on ${database}`, () => {
    let house;
    let flooding;
    before(async () => {
      house = await House.open(database);
      flooding = flood(house, 24);
      // It has begun when the first of them is asked to wait.
      for (let look = 0; flooding.waited === 0 && look < 600; look += 1) await new Promise((resolve) => setTimeout(resolve, 100));
      assert.ok(flooding.waited > 0, "no flood came about");
    });
    after(async () => {
      if (flooding) flooding.over = true;
      await flooding?.done;
      await house?.close();
      assert.deepEqual(flooding?.refused, [], "somebody was refused");
    });

    test("with scripts it is sent by itself", async () => {
      const page = await reporter(house, {});
      const watched = house.watch(page);
      // What it sends by itself is held back until the page has been looked at.
      await page.addInitScript(() => {
        const submit = HTMLFormElement.prototype.submit;
        HTMLFormElement.prototype.submit = function () {
          globalThis.goOn = () => submit.call(this);
        };
      });
      // The script comes with the next page that is loaded.
      await page.reload();
      await page.fill("textarea[name=words]", "They sleep in the shop");
      await press(page, "send");
      await page.getByText("Sending now").waitFor({ timeout: 60_000 });
      assert.match(await page.locator("h1").innerText(), /Not sent yet/);
      assert.ok(await page.locator("progress").isVisible());
      assert.ok(await page.locator(".ps-wait__by-hand").isHidden());
      assert.deepEqual(await violations(page), []);
      assert.ok(await fits(page));
      assert.match(await page.locator("input[name=work]").inputValue(), /^[a-p]{8}$/, "work was shown, not only waited");
      await page.evaluate(() => globalThis.goOn());
      await receipt(page);
      assert.deepEqual(watched.policy, [], "what the content policy refused");
      assert.deepEqual(watched.foreign, [], "requests to others");
      assert.deepEqual(await page.context().cookies(), []);
      await page.context().close();
    });

    test("without scripts a button sends when the turn has come", async () => {
      const page = await reporter(house, { javaScriptEnabled: false });
      await press(page, "send");
      const told = await page.locator("main").innerText();
      assert.match(told, /Your turn comes in about \d+ seconds?\./);
      assert.equal(await page.locator("progress:visible").count(), 0, "no bar that nothing moves");
      // Too early: the same page, and what was typed stays.
      await press(page, "send");
      assert.match(await page.locator("h1").innerText(), /Not sent yet/);
      await press(page, "check");
      assert.match(await page.locator("main").innerText(), /They sleep in the shop/);
      await press(page, "send");
      // As the page asks: wait, press; and again if it took longer.
      for (let pressed = 0; (await page.locator("[data-receipt]").count()) === 0 && pressed < 12; pressed += 1) {
        const left = Number(await page.locator("[data-left]").getAttribute("data-left"));
        await new Promise((resolve) => setTimeout(resolve, left + 500));
        await press(page, "send");
      }
      await receipt(page);
      await page.context().close();
    });

    test("to whom it is happening waits for nothing", async () => {
      for (const javaScriptEnabled of [true, false]) {
        const page = await reporter(house, { javaScriptEnabled }, "me");
        await press(page, "send");
        // The page that answers is the receipt: no other came between.
        assert.equal(await page.locator("[data-receipt]").count(), 1);
        await page.context().close();
      }
    });

    test("a mailbox is read", async () => {
      const page = await reporter(house, {}, "me");
      await press(page, "send");
      const number = await page.locator("[data-receipt]").getAttribute("data-receipt");
      await page.goto(`${house.public}/?lang=en`);
      await press(page, "read");
      await page.fill("input[name=receipt]", number);
      await press(page, "open");
      assert.equal(await page.locator("textarea[name=words]").count(), 1);
      await page.context().close();
    });
  });
}
