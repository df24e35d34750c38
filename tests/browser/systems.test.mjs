// A supervisor lets another system in at the desk; it hands a report in, hears that there is news, and is ended.

import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { House, onEach, openBrowser, send, signIn, soundAndFitting } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** The other system: keeps what is posted to it, and can wait for the next. */
async function otherSystem() {
  const kept = [];
  const waiting = [];
  const server = createServer((request, answer) => {
    let body = "";
    request.on("data", (text) => (body += text));
    request.on("end", () => {
      answer.writeHead(204).end();
      kept.push({ headers: request.headers, body });
      waiting.splice(0).forEach((go) => go());
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/hook`,
    kept,
    async next(count) {
      while (kept.length < count) await new Promise((resolve) => waiting.push(resolve));
      return kept;
    },
    close: () => server.close(),
  };
}

/** Whether a message is signed as Standard Webhooks say. */
function signed(secret, { headers, body }) {
  const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const mac = createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64")).update(text).digest("base64");
  return headers["webhook-signature"] === `v1,${mac}`;
}

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    let partner;
    before(async () => {
      house = await House.open(database);
      partner = await otherSystem();
    });
    after(async () => {
      partner?.close();
      await house?.close();
    });

    const handIn = (key, words) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": randomUUID() };
      return fetch(`${house.public}/api/v1/reports`, { method: "POST", headers, body: JSON.stringify({ path: "noticed", words }) });
    };

    test("from letting it in to ending it", async () => {
      const words = `Seen from the council's app (${database})`;
      const page = await (await browser.newContext({ javaScriptEnabled: true, viewport: { width: 360, height: 720 } })).newPage();
      await signIn(house, page, "grace", { byHand: true });
      await page.goto(`${house.desk}/helpline/systems`);
      await soundAndFitting(page, "no systems yet");
      await page.locator("main a.govuk-button").click();
      await page.waitForLoadState("load");

      // An empty form comes back with what has to be mended.
      await send(page, page.locator("main form button"));
      assert.equal(await page.locator(".govuk-error-summary li").count(), 2);
      await soundAndFitting(page, "mistakes in a new system");
      await page.fill("#name", "Barnet council app");
      await page.check("input[value=reports]");
      await page.check("input[value=mailbox]");
      await send(page, page.locator("main form button"));
      const key = (await page.locator("main strong").last().innerText()).trim();
      assert.match(key, /^psk1_[a-z2-7]{80}$/);
      await soundAndFitting(page, "the key, once");
      await send(page, page.locator("main a.govuk-link"));
      const system = page.url();
      assert.ok(!(await page.content()).includes(key), "the key is on one page only");

      // Where it is told: not over an open line.
      await page.fill("#address", "http://council.example/hook");
      await send(page, page.locator("button[value=hook]"));
      assert.match(await page.locator(".govuk-error-summary").innerText(), /https/);
      assert.equal(await page.inputValue("#address"), "http://council.example/hook");
      await page.fill("#address", partner.address);
      await send(page, page.locator("button[value=hook]"));
      const secret = (await page.locator("main strong").last().innerText()).trim();
      assert.match(secret, /^whsec_/);
      await page.goto(system);
      await soundAndFitting(page, "a system");

      const handed = await handIn(key, words);
      assert.equal(handed.status, 201);
      const { reference } = await handed.json();
      await house.openContactWith(page, words);
      const said = await page.locator("main").innerText();
      assert.match(said, /Handed in by\s+Barnet council app/);
      await soundAndFitting(page, "a contact that was handed in");
      const [event] = await partner.next(1);
      assert.ok(signed(secret, event), "signed as we said");
      assert.deepEqual([JSON.parse(event.body).type, JSON.parse(event.body).data], ["report.read", { reference }]);
      await page.fill("textarea[name=reply]", "We have read it.");
      await send(page, page.locator("#reply-form button[value=reply]").last());
      const [, news] = await partner.next(2);
      assert.equal(JSON.parse(news.body).type, "mailbox.message");
      assert.ok(!news.body.includes("read it"), "never what");

      await page.goto(system);
      await send(page, page.locator("button[value=end]"));
      assert.match(await page.locator("main").innerText(), /Ended on/);
      await soundAndFitting(page, "a system that was ended");
      assert.equal((await handIn(key, "too late")).status, 401);
      await page.context().close();
    });

    test("an adviser finds no such page", async () => {
      const page = await (await browser.newContext()).newPage();
      await signIn(house, page, "ioana");
      assert.equal((await page.goto(`${house.desk}/helpline/systems`)).status(), 404);
      assert.equal(await page.locator("a[href$='/helpline/systems']").count(), 0);
      await page.context().close();
    });
  });
});
