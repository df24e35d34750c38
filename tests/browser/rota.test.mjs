// The rota and the members at the desk: a supervisor keeps the rota by keyboard, an administrator sees who works here.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { fitting as whole, House, onEach, openBrowser, signIn, soundAndFitting as sound } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** Goes to a field with the Tab key alone. */
async function tabTo(page, selector) {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`the Tab key never comes to ${selector}`);
}

/** A day so many days from now, as a date field takes it. */
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    test("a supervisor adds a turn and an absence by keyboard alone, without scripts", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" })).newPage();
      await signIn(house, page, "grace");
      await page.locator("nav a", { hasText: "Rota" }).first().click();
      assert.equal(new URL(page.url()).pathname, "/rota");

      // The first try is half filled: it comes back so, with what is missing at its field.
      await tabTo(page, "#member");
      await page.keyboard.type("Grace");
      await page.keyboard.press("Tab");
      await page.keyboard.type("Wednesday");
      await page.keyboard.press("Tab");
      await page.keyboard.type("3 in the night");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/rota/turns");
      assert.match(await page.locator(".govuk-error-summary").innerText(), /Write a time like 09:30/);
      assert.equal(await page.locator("#from").inputValue(), "3 in the night");
      assert.equal(await page.locator("#weekday").inputValue(), "3");
      await whole(page, "a turn with mistakes");

      await tabTo(page, "#from");
      await page.keyboard.press("Control+A");
      await page.keyboard.type("18:15");
      await page.keyboard.press("Tab");
      await page.keyboard.type("18:45");
      await page.keyboard.press("Enter");
      await page.waitForURL(/rota\?done=added/);
      assert.match(await page.locator("main").innerText(), /The turn is on the rota/);
      const turn = page.locator(".ps-turns li", { hasText: "Wednesday, 18:15 to 18:45: Grace Adomako" });
      assert.equal(await turn.count(), 1);

      await tabTo(page, "#who");
      await page.keyboard.press("Tab");
      // A day like 12 December, which is typed the same whichever way round a browser asks for day and month.
      let ahead = 1;
      while (day(ahead).slice(5, 7) !== day(ahead).slice(8)) ahead += 1;
      const [year, month, date] = day(ahead).split("-");
      await page.keyboard.type(`${date}${month}${year}`);
      await tabTo(page, "#last");
      await page.keyboard.type(`${date}${month}${year}`);
      await page.keyboard.press("Enter");
      await page.waitForURL(/rota\?away=/);
      assert.match(await page.locator(".govuk-notification-banner").innerText(), /Grace Adomako is away: /);
      await whole(page, "an absence was written down");

      await page.locator(".ps-turns li", { hasText: "Grace Adomako" }).filter({ hasText: "Take back" }).locator("button").click();
      assert.match(await page.locator("main").innerText(), /The absence is taken back/);
      await page.locator("summary", { hasText: "The turns of every week" }).click();
      await turn.locator("button").click();
      assert.match(await page.locator("main").innerText(), /The turn is off the rota/);
      assert.equal(await turn.count(), 0);
      await page.context().close();
    });

    test("the whole team away is a hole that is said at once", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await signIn(house, page, "grace");
      await page.goto(`${house.desk}/rota`);
      const members = await page.locator("#who option").evaluateAll((found) => found.map((each) => each.value));
      const said = [];
      for (const member of members) {
        await page.selectOption("#who", member);
        await page.fill("#first", day(10));
        await page.fill("#last", day(10));
        await page.locator("form[action^='/rota/absences'] button").last().click();
        said.push(await page.locator(".govuk-notification-banner").innerText());
      }
      // Whose turn it is on that day tears a hole; whoever has none that day tears nothing.
      assert.match(said.join("\n"), /Nobody is on call from .* to .*/);
      await whole(page, "torn holes");
      await page.context().close();
    });

    for (const width of [320, 1200]) {
      test(`their pages are sound and fit at ${width} pixels, in either direction`, async () => {
        const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
        await signIn(house, page, "ioana");
        for (const path of ["/rota", "/rota?week=2026-01-01", "/rota?lang=ro", "/rota?lang=ar-XB"]) {
          await page.goto(`${house.desk}${path}`);
          await sound(page, path);
        }
        assert.equal(await page.locator("#team, .ps-turns form[action*=remove]").count(), 0, "an adviser changes no turn");
        await page.emulateMedia({ media: "print" });
        await page.goto(`${house.desk}/rota`);
        assert.ok(!(await page.locator("main form").first().isVisible()), "no form on paper");
        await page.context().close();

        const office = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
        await signIn(house, office, "owen");
        assert.equal(new URL(office.url()).pathname, "/people");
        const member = await office.locator("table a").first().getAttribute("href");
        for (const path of ["/people", "/people/add", member, `${member}/end`, "/people?lang=ro", "/people/add?lang=ar-XB", "/rota"]) {
          await office.goto(`${house.desk}${path}`);
          await sound(office, path);
        }
        await office.locator("form[action^='/rota/absences'] button").last().click();
        await sound(office, "an absence with mistakes");
        await office.goto(`${house.desk}/people/add`);
        await office.locator("main form button").click();
        await sound(office, "a member with mistakes");
        await office.context().close();
      });
    }

    test("an administrator adds a member and ends the account, without scripts", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await signIn(house, page, "owen");
      await page.goto(`${house.desk}/people/add`);
      await page.fill("#name", "Nia Twofold");
      await page.fill("#email", "nia@example.org");
      await page.fill("#sign_in_name", "nia");
      await page.getByLabel("Auditor").check();
      await page.getByLabel("Adviser").check();
      await page.locator("main form button").click();
      assert.match(await page.locator("#roles-error").innerText(), /An auditor holds no other role/);
      assert.equal(await page.inputValue("#name"), "Nia Twofold");
      await whole(page, "roles that do not go together");
      await page.getByLabel("Auditor").uncheck();
      await page.locator("main form button").click();
      const shown = await page.locator("main").innerText();
      assert.match(shown, /This is shown once/);
      assert.match(shown, /otpauth:/);
      await whole(page, "a member was added");
      await page.goto(`${house.desk}/people`);
      assert.doesNotMatch(await page.locator("main").innerText(), /otpauth:/);
      await page.locator("table a", { hasText: "Nia Twofold" }).click();
      await page.locator("a", { hasText: "End this account" }).click();
      assert.match(await page.locator("h1").innerText(), /End the account of Nia Twofold\?/);
      await page.locator("main form button").click();
      assert.match(await page.locator("main").innerText(), /The account is ended/);
      assert.match(await page.locator("tr", { hasText: "Nia Twofold" }).innerText(), /Ended/);
      await page.context().close();
    });

    test("an adviser finds no members, and an auditor no rota", async () => {
      for (const [who, path] of [["ioana", "/people"], ["maud", "/rota"]]) {
        const page = await (await browser.newContext()).newPage();
        await signIn(house, page, who);
        assert.equal((await page.goto(`${house.desk}${path}`)).status(), 404, `${who} ${path}`);
        await page.context().close();
      }
    });
  });
});
