// Somebody asks what is kept about them: a supervisor writes it down, decides passage by passage, and gives a copy.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, onEach, openBrowser, send, signIn, soundAndFitting } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());


    test("from the request to the letter, 320 pixels wide", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: true, viewport: { width: 320, height: 720 } })).newPage();
      await signIn(house, page, "grace", { byHand: true });
      await page.goto(`${house.desk}/helpline?show=all`);
      await page.locator("main table a").first().click();
      await page.waitForLoadState("load");
      const contact = (await page.locator("h1").innerText()).match(/C-\S+/)[0];
      await page.locator("a[href*='/helpline/asked']").click();
      await page.waitForLoadState("load");
      await soundAndFitting(page, "a new request about data");

      // What is missing is said, and what was typed stays.
      await page.fill("#from", "R. M., under her receipt");
      await page.fill("#came", "");
      await send(page, page.locator("main form button"));
      assert.deepEqual(await page.locator(".govuk-error-summary a").evaluateAll((links) => links.map((link) => link.hash)), ["#wish", "#came", "#title"]);
      assert.equal(await page.inputValue("#from"), "R. M., under her receipt");
      await soundAndFitting(page, "a request to be mended");
      await page.check("input[value=copy]");
      await page.fill("#came", await page.evaluate(() => new Date(Date.now() - 86400000).toISOString().slice(0, 10)));
      await page.fill("#title", "R. M., a copy");
      await send(page, page.locator("main form button"));
      await soundAndFitting(page, "the case of a request");
      assert.match(await page.locator("#asked + p").innerText(), /A copy of what we keep about them/);
      const request = page.url();
      await page.locator("a[href$='/copy']").click();
      await page.waitForLoadState("load");
      await soundAndFitting(page, "every passage");

      await send(page, page.locator("button[value=look]"));
      const passages = await page.locator("fieldset.ps-passage").count();
      assert.equal(await page.locator(".govuk-error-summary li").count(), passages, "each passage wants a decision");
      await soundAndFitting(page, "passages to be decided on");
      for (const [number, select] of (await page.locator("fieldset.ps-passage select").all()).entries()) await select.selectOption(number === 1 ? "source" : "give");
      const secret = await page.locator("fieldset.ps-passage textarea").nth(1).inputValue();
      await page.locator("fieldset.ps-passage textarea").first().fill("Changed for the letter.");
      await page.selectOption("#language", "ro");
      await send(page, page.locator("button[value=look]"));
      await soundAndFitting(page, "the letter, before it is given");
      const letter = await page.locator(".govuk-inset-text").innerText();
      assert.ok(letter.includes("Ce păstrăm despre dumneavoastră") && letter.includes("Changed for the letter.") && !letter.includes(secret));
      assert.ok(!letter.includes(contact), "no reference stands in it");

      // Back once, and what was decided is still there.
      await send(page, page.locator("button[value=change]"));
      assert.equal(await page.locator("fieldset.ps-passage textarea").first().inputValue(), "Changed for the letter.");
      await send(page, page.locator("button[value=look]"));
      await send(page, page.locator("button[value=give]"));
      assert.ok(page.url().startsWith(request));
      await page.locator("a[href*='/copies/']").click();
      await page.waitForLoadState("load");
      await soundAndFitting(page, "the copy that was given");
      assert.equal(await page.locator("main .ps-words").innerText(), letter.trim());
      await page.emulateMedia({ media: "print" });
      assert.ok(!(await page.locator("main h1").isVisible()), "paper shows the letter alone");
      await page.goto(`${house.desk}/helpline/cases?show=asked`);
      assert.ok(!(await page.locator("main").innerText()).includes("R. M., a copy"), "it is answered");
      await page.context().close();
    });
  });
});
