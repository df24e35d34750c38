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
      const folder = new URL(page.url()).pathname.split("/").pop();
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
      // There is much to look through: notes of several pages.
      await page.evaluate(async (contact) => {
        for (let number = 0; number < 5; number += 1) {
          const note = `note ${number} ${"of what was said on the telephone ".repeat(160)}`;
          const answer = await fetch(`/helpline/contacts/${contact}/note`, { method: "POST", body: new URLSearchParams({ note }) });
          if (!answer.ok) throw new Error(`a note: ${answer.status}`);
        }
      }, folder);
      await page.locator("a[href$='/copy']").click();
      await page.waitForLoadState("load");
      await soundAndFitting(page, "the first page of passages");
      const progress = () => page.locator("main h1 + p").innerText();
      assert.match(await progress(), /^Page 1 of 2\. 0 of \d+ passages/);

      // One after another, kept at each step: whoever is called away goes on where they were.
      const passages = () => page.locator("fieldset.ps-passage");
      const decide = async (how) => {
        for (const [number, select] of (await passages().locator("select").all()).entries()) await select.selectOption(how(number));
      };
      await decide((number) => (number === 1 ? "source" : "give"));
      const secret = await passages().locator("textarea").nth(1).inputValue();
      await passages().locator("textarea").first().fill("Changed for the letter.");
      await send(page, page.locator("button[value=next]"));
      await soundAndFitting(page, "the second page of passages");
      assert.match(await progress(), /^Page 2 of 2\. .* Last kept on/);
      await passages().locator("textarea").first().fill("Half done.");
      await send(page, page.locator("button[value=later]"));
      assert.ok(page.url().startsWith(request));
      await page.locator("a[href$='/copy']").click();
      await page.waitForLoadState("load");
      assert.match(await progress(), /^Page 2 of 2/);
      assert.equal(await passages().locator("textarea").first().inputValue(), "Half done.");

      // The desk locks itself while somebody writes: what was typed comes through.
      await passages().locator("textarea").first().fill("Written while it was locked.");
      await page.evaluate(() => fetch("/lock", { method: "POST" }));
      await send(page, page.locator("button[value=look]"));
      await page.fill("input[name=password]", house.signIns.find((each) => each.signInName === "grace").password);
      await send(page, page.locator("main form button.govuk-button:not([type='button'])").first());
      await send(page, page.locator("main form button.govuk-button").first());
      assert.equal(await passages().locator("textarea").first().inputValue(), "Written while it was locked.");

      // What is still open is named, and nothing is given before it is decided on.
      const open = await passages().count();
      assert.equal(await page.locator(".govuk-error-summary li").count(), open, "each passage wants a decision");
      await soundAndFitting(page, "passages to be decided on");
      await send(page, page.locator("button[value=back]"));
      assert.equal(await passages().locator("textarea").first().inputValue(), "Changed for the letter.");
      await send(page, page.locator("button[value=next]"));
      await decide(() => "give");
      await send(page, page.locator("button[value=look]"));
      await soundAndFitting(page, "the letter, before it is given");
      await page.selectOption("#language", "ro");
      await send(page, page.locator("form[method=get] button"));
      await soundAndFitting(page, "the letter in another language");
      const letter = await page.locator(".govuk-inset-text").innerText();
      for (const said of ["Ce păstrăm despre dumneavoastră", "Changed for the letter.", "Written while it was locked."]) assert.ok(letter.includes(said), said);
      assert.ok(!letter.includes(secret) && !letter.includes(contact), "neither what was left out nor a reference stands in it");

      // Back once, and what was decided is still there.
      await page.locator("main a[href$='/copy']").click();
      await page.waitForLoadState("load");
      assert.match(await progress(), /^Page 2 of 2/);
      await send(page, page.locator("button[value=look]"));
      await page.selectOption("#language", "ro");
      await send(page, page.locator("form[method=get] button"));
      await send(page, page.locator("form[method=post][action$='/letter'] button"));
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
