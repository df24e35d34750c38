// The desk with scripts off: everything that an adviser must do can be done. axe does not run without scripts; the same pages are
// looked at by it elsewhere.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, fitting, leads, onEach, openBrowser, press, signIn } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    const plain = async () => (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 720 } })).newPage();

    /** Opens a part that is folded, as a press on its title does. */
    const unfold = (page, form) => page.locator(`details:has(${form}) > summary`).click();

    /** Presses the button of a form, and waits for the page it leads to. */
    const send = (page, form, button = "button") => leads(page, () => page.locator(`${form} ${button}`).last().click());

    const said = (page) => page.locator("main").innerText();

    /** A report of this journey's own; gives its number. */
    const report = async (words) => {
      const page = await plain();
      await page.goto(`${house.public}/?lang=en`);
      await press(page, "me");
      await page.fill("textarea[name=words]", words);
      await press(page, "send");
      const receipt = await page.locator("[data-receipt]").getAttribute("data-receipt");
      await page.context().close();
      return receipt;
    };

    test("from signing in to closing: a contact is read, answered, found by searching, and put in a case", async () => {
      const words = `Two vans behind the laundry, WX21 QZV (${database})`;
      const receipt = await report(words);
      const page = await plain();
      await signIn(house, page, "ioana", { byHand: true });
      await fitting(page, "my list");

      // Found with a word, a plate written otherwise; the word is not in the address.
      await page.fill("#q", "wx21-qzv");
      await send(page, "form[role=search]");
      assert.doesNotMatch(page.url(), /qzv/i);
      assert.match(await said(page), /One was found[\s\S]*WX21QZV: report/);
      await fitting(page, "what was found");
      await page.locator(".ps-rows tbody a").first().click();
      assert.ok((await said(page)).includes(words));
      await fitting(page, "the contact");
      const contact = page.url();

      // An empty answer comes back with the mistake at its field, and nothing was sent.
      await send(page, "#reply-form", "button[value=reply]");
      assert.equal(await page.locator(".govuk-error-summary a[href='#reply']").count(), 1);
      assert.match(await page.locator("#reply-error").innerText(), /Write something first/);
      await page.fill("textarea[name=reply]", "We can meet you. Write when it is safe.");
      await send(page, "#reply-form", "button[value=reply]");
      assert.match(await said(page), /We can meet you/);

      await unfold(page, "#begin-case-form");
      await page.fill("input[name=case-title]", "The laundry");
      await send(page, "#begin-case-form");
      assert.match(page.url(), /\/helpline\/cases\//);
      assert.match(await page.locator("h1").innerText(), /The laundry/);
      assert.equal(await page.locator(".ps-rows tbody tr").count(), 1);
      await fitting(page, "the case");

      await page.goto(contact);
      assert.match(await said(page), /The laundry/);
      await page.fill("textarea[name=close]", "Answered. The case goes on.");
      await send(page, "#close-form");
      assert.match(await said(page), /This contact is closed[\s\S]*Answered. The case goes on/);

      // The reporter finds the answer, and what they write brings the contact back.
      const reporter = await plain();
      await reporter.goto(`${house.public}/?lang=en`);
      await press(reporter, "read");
      await reporter.fill("input[name=receipt]", receipt);
      await press(reporter, "open");
      assert.match(await said(reporter), /We can meet you/);
      await press(reporter, "add");
      assert.equal(await reporter.locator(".govuk-error-summary").count(), 1, "nothing was written: it is said above the page too");
      await reporter.fill("textarea[name=words]", "Tomorrow at ten.");
      await press(reporter, "add");
      await reporter.context().close();
      await page.goto(contact);
      assert.match(await said(page), /Tomorrow at ten/);
      assert.doesNotMatch(await said(page), /This contact is closed/);
      await page.context().close();
    });

    test("a call is written down in two goes, and handed over", async () => {
      const words = `They sleep above the kitchen (${database})`;
      const page = await plain();
      await signIn(house, page, "linh");
      await page.goto(`${house.desk}/helpline/call`);
      await page.fill("textarea[name=words]", words);
      await send(page, "main form", "button[value=keep]");
      assert.match(await said(page), /Kept/);
      assert.equal(await page.inputValue("textarea[name=words]"), words);
      await page.fill("textarea[name=advice]", "The local service for adults.");
      await send(page, "main form", "button[value=finish]");
      assert.match(await said(page), /The local service for adults/);
      await unfold(page, "#hand-over-form");
      await page.selectOption("select[name=to]", { label: "Ioana Vrabeț" });
      await page.fill("textarea[name=hand-over]", "Ring back after ten.");
      await send(page, "#hand-over-form");
      assert.match(await said(page), /handed it over to Ioana Vrabeț[\s\S]*Ring back after ten/);
      await page.context().close();
    });
  });
});
