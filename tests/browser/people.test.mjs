// Recovery and the changes of members at the desk: officers try their shares and ask, a holder stops it; an administrator changes
// roles and addresses and resets an account.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { databases, fits, House, openBrowser, signIn, violations } from "./house.mjs";

const program = process.env.PLAINSIGHT ?? new URL("../../target/debug/plainsight", import.meta.url).pathname;
const pictures = process.env.PLAINSIGHT_PICTURES;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** What can be asked of a page without scripts, where axe does not run. */
async function whole(page, where) {
  assert.ok(await fits(page), `${where} is no wider than the screen`);
  assert.doesNotMatch(await page.locator("body").innerText(), /\[[a-z]+-[a-z-]+\]/, `a message is missing on ${where}`);
}

async function sound(page, where) {
  assert.deepEqual(await violations(page), [], `axe on ${where}`);
  await whole(page, where);
  if (pictures) await page.screenshot({ path: join(pictures, `${where.replaceAll(/[^a-z0-9]+/gi, "-")}-${page.viewportSize().width}.png`), fullPage: true });
}

/** A command as somebody at the terminal of this house types it. */
function command(house, who, ...words) {
  const file = join(house.folder, `${who}.password`);
  writeFileSync(file, `${house.signIns.find((each) => each.signInName === who).password}\n`, { mode: 0o600 });
  words.push("--as", who, "--password-file", file, "--config", join(house.folder, "plainsight.toml"));
  return execFileSync(program, words, { encoding: "utf8" });
}

for (const database of databases) {
  describe(`on ${database}`, () => {
    let house;
    before(async () => {
      house = await House.open(database);
      assert.match(command(house, "grace", "recovery", "make", "helpline", "--officers", "ioana,owen,tomas"), /2 of 3 officers bring a key back/);
    });
    after(() => house?.close());

    test("an officer tries their share and asks, another agrees, a holder stops it, without scripts", async () => {
      const ioana = await (await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" })).newPage();
      await signIn(house, ioana, "ioana");
      await ioana.goto(`${house.desk}/rota`);
      await ioana.locator("a[href^='/recovery']").click();
      await ioana.locator("button", { hasText: "Try my share" }).click();
      assert.match(await ioana.locator("main").innerText(), /Your share opens and is the right one/);

      await ioana.locator("button", { hasText: "Ask, and tell everybody" }).click();
      assert.match(await ioana.locator(".govuk-error-summary").innerText(), /Choose at least one team/);
      await whole(ioana, "a request with mistakes");
      await ioana.locator("input[name='teams']").first().check();
      await ioana.selectOption("#target", { label: "Marek Zielonacki" });
      await ioana.fill("#reason", "Everybody who held the key has left.");
      await ioana.locator("button", { hasText: "Ask, and tell everybody" }).click();
      await ioana.waitForURL(/recovery\?done=asked/);
      assert.match(await ioana.locator("main").innerText(), /That is 1 of 2/);
      await whole(ioana, "a request");

      const owen = await (await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" })).newPage();
      await signIn(house, owen, "owen");
      await owen.goto(`${house.desk}/recovery`);
      await owen.locator("button", { hasText: "Agree" }).click();
      assert.match(await owen.locator("main").innerText(), /That is 2 of 2/);
      // The running desk tells everybody by itself, and only then does the day begin.
      let said = "";
      for (let wait = 0; wait < 120 && !/It can be finished after/.test(said); wait += 1) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        await owen.goto(`${house.desk}/recovery`);
        said = await owen.locator("main").innerText();
      }
      assert.match(said, /It can be finished after/);

      const grace = await (await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" })).newPage();
      await signIn(house, grace, "grace");
      await grace.goto(`${house.desk}/rota`);
      await grace.locator("a", { hasText: "Somebody asks for the key of a team" }).click();
      await grace.locator("button", { hasText: "Stop this" }).click();
      assert.match(await grace.locator("main").innerText(), /It is stopped/);
      assert.equal(await grace.locator("button", { hasText: "Stop this" }).count(), 0);
      for (const page of [ioana, owen, grace]) await page.context().close();
    });

    for (const width of [320, 1200]) {
      test(`their pages are sound and fit at ${width} pixels, in either direction`, async () => {
        const team = command(house, "tomas", "recovery", "ask", "Helpline", "--for", "marek", "--reason", "Everybody who held the key has left.");
        const request = team.match(/[0-9a-f-]{36}/)[0];
        const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
        await signIn(house, page, "ioana");
        for (const path of ["/recovery", "/recovery?lang=ro", "/recovery?lang=ar-XB", "/rota"]) {
          await page.goto(`${house.desk}${path}`);
          await sound(page, path);
        }
        await page.locator("a[href^='/recovery']").click();
        await page.locator("button", { hasText: "Ask, and tell everybody" }).click();
        await sound(page, "recovery with mistakes");
        await page.context().close();

        const owen = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
        await signIn(house, owen, "owen");
        await owen.goto(`${house.desk}/people`);
        const member = new URL(await owen.locator("table a", { hasText: "Besa" }).first().getAttribute("href"), house.desk).pathname;
        for (const path of ["/people", "/people?lang=ro", member, `${member}/roles`, `${member}/pager`, `${member}/reset`, `${member}/reset?lang=ar-XB`, "/people/teams/add"]) {
          await owen.goto(`${house.desk}${path}`);
          await sound(owen, path.replace(member, "member"));
        }
        command(house, "tomas", "recovery", "stop", request);
        await owen.context().close();
      });
    }

    test("an administrator changes roles and where somebody is paged, and resets an account, without scripts", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" })).newPage();
      await signIn(house, page, "owen");
      await page.goto(`${house.desk}/people`);
      await page.locator("table a", { hasText: "Besa" }).click();
      await page.locator("a", { hasText: "Change Roles" }).click();
      await page.getByLabel("Auditor").check();
      await page.locator("button", { hasText: "Save the roles" }).click();
      assert.match(await page.locator("#roles-error").innerText(), /An auditor holds no other role/);
      await page.getByLabel("Auditor").uncheck();
      await page.getByLabel("Supervisor").check();
      await page.locator("button", { hasText: "Save the roles" }).click();
      assert.match(await page.locator("main").innerText(), /The roles are saved[^]*Adviser, Supervisor/);
      await page.locator("a", { hasText: "Change Paged at" }).click();
      await page.fill("#address", "besa-night@example.org");
      await page.locator("button", { hasText: "Save the address" }).click();
      assert.match(await page.locator("main").innerText(), /besa-night@example\.org/);
      await page.locator("a", { hasText: "Reset this account" }).click();
      await page.locator("main form button").click();
      assert.match(await page.locator("main").innerText(), /The account is reset[^]*This is shown once/);
      await whole(page, "an account was reset");
      await page.goto(`${house.desk}/people`);
      assert.match(await page.locator("tr", { hasText: "Besa" }).innerText(), /Not signed in yet/);
      assert.match(await page.locator("main").innerText(), /New key due/);
      await page.context().close();
    });
  });
}
