// The desk: signing in, the list, one contact, danger, the referral that one adviser makes alone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, fits, leads, onEach, openBrowser, press, signIn, sound } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** Sends a report from the public site in danger and gives its words. */
async function danger(house, words) {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "me");
  await page.fill("textarea[name=words]", words);
  await page.locator("input[name=danger][value=yes]").check();
  await press(page, "send");
  assert.match(await page.locator("main").innerText(), /We are alerting the person on duty/);
  await page.context().close();
}

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    test("what does not fit is refused without saying which part, and the name stays", async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${house.desk}/helpline`);
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await sound(page, "sign in");
      await page.fill("input[name=name]", "ioana");
      await page.fill("input[name=password]", "not the password");
      await page.fill("input[name=code]", "000000");
      await page.locator("main form button.govuk-button:not([type='button'])").first().click();
      await page.waitForLoadState();
      assert.match(await page.locator(".govuk-error-summary").innerText(), /do not go together/);
      assert.equal(await page.inputValue("input[name=name]"), "ioana");
      assert.equal(await page.inputValue("input[name=password]"), "");
      await sound(page, "sign in, refused");
      assert.deepEqual(await page.context().cookies(), []);
      await page.context().close();
    });

    test("one adviser alone passes a danger on; a second person reviews", async () => {
      const words = `Locked in, he comes back at six (${database})`;
      await danger(house, words);
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      await signIn(house, page, "ioana", { byHand: true });
      assert.ok(page.url().startsWith(house.desk));
      await sound(page, "my list");
      const cookie = (await page.context().cookies()).find((each) => each.name === "__Host-desk");
      assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === "Lax");
      await house.openContactWith(page, words, "danger");
      await sound(page, "the contact");
      const contact = page.url();

      // The guard against tasking a reporter speaks once, and what was written stays.
      await page.fill("textarea[name=reply]", "Could you go back and take a photo?");
      await page.locator('button[name="as"][value="ask"]').click();
      await page.waitForLoadState();
      assert.equal(await page.inputValue("textarea[name=reply]"), "Could you go back and take a photo?");
      await sound(page, "the guard");

      // Nothing can be recorded without a reference or "none given".
      await page.goto(contact);
      await page.locator('a[href*="/referral?alarm="]').click();
      await sound(page, "the referral");
      await page.locator("input[name=receiver]").first().check();
      await page.fill("input[name=taker]", "Operator 7");
      await page.fill("textarea[name=told]", "Place, locked in, back at six.");
      await page.locator("input[name=ground][value=danger-to-life]").check();
      await page.locator("main form button.govuk-button").last().click();
      await page.waitForLoadState();
      assert.match(await page.locator(".govuk-error-summary").innerText(), /reference/i);
      assert.equal(await page.inputValue("input[name=taker]"), "Operator 7");
      await sound(page, "the referral, refused");
      await page.fill("input[name=reference]", "WP-12345");
      await page.locator("main form button.govuk-button").last().click();
      await page.waitForLoadState();
      await page.goto(contact);
      assert.match(await page.locator("main").innerText(), /WP-12345/);
      assert.match(await page.locator("main").innerText(), /Somebody else has to review it/);
      await page.context().close();

      const second = await (await browser.newContext()).newPage();
      await signIn(house, second, "grace");
      await second.goto(contact);
      await second.fill("textarea[name=review]", "It was right to call.");
      await second.locator("#review-form button.govuk-button").click();
      await second.waitForLoadState();
      assert.match(await second.locator("main").innerText(), /It was right to call/);
      assert.equal(await second.locator("#review-form").count(), 0);

      // Closing waits for the danger, then for a reason; the contact leaves the list and can be taken up again.
      assert.match(await second.locator("#close-form").innerText(), /First mark the danger as dealt with/);
      await second.fill("textarea[name=safe]", "Officers met her. She is with a friend.");
      await second.locator("#safe-form button.govuk-button").click();
      await second.waitForLoadState();
      await second.locator("#close-form button.govuk-button").click();
      await second.waitForLoadState();
      assert.match(await second.locator(".govuk-error-summary").innerText(), /Write something first/);
      await sound(second, "closing, refused");
      await second.fill("textarea[name=close]", "Passed on, nothing left to do.");
      await second.locator("#close-form button.govuk-button").click();
      await second.waitForLoadState();
      assert.match(await second.locator("main").innerText(), /This contact is closed[\s\S]*Passed on, nothing left to do/);
      await sound(second, "a closed contact");
      await second.goto(`${house.desk}/helpline`);
      assert.equal(await second.locator(`a[href*="${new URL(contact).pathname}"]`).count(), 0);
      await second.goto(contact);
      await second.locator("#close-form button.govuk-button").click();
      await second.waitForLoadState();
      assert.match(await second.locator("#close-form").innerText(), /Close this contact/);
      await second.context().close();
    });

    test("a call is written down with the keyboard alone, keeps itself, and is not lost when the line drops", async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await signIn(house, page, "ioana");
      let keys = 0;
      const key = async (name) => {
        keys += 1;
        await page.keyboard.press(name);
      };
      const tabTo = async (found, what) => {
        for (let step = 0; step < 60; step += 1) {
          await key("Tab");
          if (await page.evaluate(found, what)) return;
        }
        assert.fail(`${what} cannot be reached with the keyboard`);
      };
      const field = (name) => tabTo((wanted) => document.activeElement.name === wanted, name);
      const type = async (name, text) => {
        await field(name);
        keys += text.length;
        await page.keyboard.type(text);
      };
      await tabTo((href) => document.activeElement.getAttribute("href")?.startsWith(href), "/helpline/call");
      await key("Enter");
      await page.waitForURL(/\/helpline\/call\/./);
      await sound(page, "the sheet of a call");
      keys = 0;
      const words = `They hold her papers, she sleeps above the kitchen (${database})`;
      await field("safe");
      await key("Space");
      await field("danger");
      await key("ArrowRight");
      await field("caller");
      await key("ArrowRight");
      assert.ok(await page.locator('[data-caller="known"]').isVisible(), "the prompts of who knows the person");
      assert.ok(!(await page.locator('[data-caller="self"]').isVisible()));
      await type("place", "Kitchen of the Blue Lantern, Alder Row");
      await type("words", words);
      await page.waitForFunction(() => /^Kept at/.test(document.querySelector("[data-kept]").textContent));

      // The browser dies. The call waits on the list, with a colleague, and goes on from there.
      const address = page.url();
      await context.close();
      const second = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      await signIn(house, second, "grace");
      await house.openContactWith(second, words, "unfinished");
      await sound(second, "a contact that is not finished");
      await second.locator("main a.govuk-button", { hasText: "Go on" }).click();
      await second.waitForLoadState();
      assert.equal(second.url(), address);
      assert.equal(await second.inputValue("textarea[name=words]"), words);
      await second.fill("textarea[name=advice]", "Her own interpreter; the local service for adults.");
      await second.locator('button[name=go][value=finish]').click();
      await second.waitForLoadState();
      const said = await second.locator("main").innerText();
      assert.match(said, /Her own interpreter/);
      assert.match(said, /They have no number to read answers with/);
      await sound(second, "a contact that was written down");
      // 40 words a minute are 200 keys: what was heard in this call is written in well under three minutes.
      assert.ok(keys < 400, `${keys} keys`);
      await second.locator("#hand-over-form").evaluate((form) => (form.closest("details").open = true));
      await second.selectOption("select[name=to]", { label: "Ioana Vrabeț" });
      await second.fill("textarea[name=hand-over]", "Ring back after ten, ask for the cook.");
      await sound(second, "handing over");
      await second.locator("#hand-over-form button").click();
      await second.waitForLoadState();
      assert.match(await second.locator("main").innerText(), /handed it over to Ioana Vrabeț[\s\S]*ask for the cook/);
      await second.goto(`${house.desk}/helpline/shift`);
      await sound(second, "the page of a shift");
      assert.match(await second.locator("main").innerText(), /On call now/);
      await second.context().close();
    });

    test("two reports of one van are found, suggested, put in a case, merged and parted, without scripts", async () => {
      const plain = await browser.newContext({ javaScriptEnabled: false });
      const send = async (words) => {
        const page = await plain.newPage();
        await page.goto(`${house.public}/?lang=en`);
        await press(page, "me");
        await page.fill("textarea[name=words]", words);
        await press(page, "send");
        await page.close();
      };
      await send(`A white van, WX19 QZV, stands there each night (${database})`);
      await send(`They bring them in the van wx19qzv (${database})`);
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      await signIn(house, page, "ioana");
      await page.fill("#q", "WX19-QZV");
      await leads(page, () => page.keyboard.press("Enter"));
      await sound(page, "what a search found");
      assert.match(await page.locator("main").innerText(), /2 were found/);
      assert.doesNotMatch(page.url(), /QZV/i, "what was looked for is not in the address");
      await leads(page, () => page.locator(".ps-rows tbody a").first().click());
      const alike = page.locator("section:has(> #alike)");
      assert.match(await alike.innerText(), /Same number plate: WX19QZV/);
      await leads(page, () => alike.locator("button").first().click());
      const first = page.url();
      assert.match(first, /\/helpline\/cases\//);
      assert.equal(await page.locator(".ps-rows tbody tr").count(), 2);
      await page.locator("details:has(#decide-form) > summary").click();
      await sound(page, "a case");
      await leads(page, () => page.locator("#decide-form button").click());
      assert.match(await page.locator(".govuk-error-summary").innerText(), /Choose what is done/);
      await sound(page, "a case to be mended");
      await page.locator("input[name=decision][value=investigate]").check();
      await page.fill("textarea[name=decide-reason]", "Two people saw the same van.");
      await leads(page, () => page.locator("#decide-form button").click());
      assert.match(await page.locator("main").innerText(), /Decided: .*Find out more[\s\S]*Two people saw the same van/);
      const reference = await page.locator("h1 .ps-code").innerText();

      // Another case goes on in it, and is its own again.
      await page.goto(`${house.desk}/helpline?show=all`);
      const other = await page.locator(".ps-rows tbody a").last().getAttribute("href");
      await page.goto(house.desk + other);
      await page.locator("details:has(#begin-case-form) > summary").click();
      await page.fill("input[name=case-title]", "Another van");
      await leads(page, () => page.locator("#begin-case-form button").click());
      const second = page.url();
      await page.locator("details:has(#merge-form) > summary").click();
      await page.fill("input[name=merge]", reference.toLowerCase());
      await page.fill("textarea[name=merge-reason]", "The same driver.");
      await leads(page, () => page.locator("#merge-form button").click());
      assert.match(await page.locator("main").innerText(), /goes on in another/);
      await sound(page, "a case that was merged");
      await page.goto(first);
      assert.equal(await page.locator(".ps-rows tbody tr").count(), 3);
      await page.goto(second);
      await page.locator("details:has(#part-form) > summary").click();
      await page.fill("textarea[name=part-reason]", "Another driver after all.");
      await leads(page, () => page.locator("#part-form button").click());
      await page.goto(first);
      assert.equal(await page.locator(".ps-rows tbody tr").count(), 2);
      await page.goto(`${house.desk}/helpline/cases`);
      await sound(page, "the cases");
      assert.match(await page.locator("main").innerText(), /Another van/);

      await page.setViewportSize({ width: 320, height: 640 });
      for (const path of ["/helpline/cases", new URL(first).pathname, "/helpline/search", "/helpline"]) {
        await page.goto(house.desk + path);
        assert.ok(await fits(page), `${path} on a phone`);
        await sound(page, `${path} on a phone`);
      }
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("a[href*='list.csv']").click(),
      ]);
      assert.match(file.suggestedFilename(), /^helpline-open-\d+-rows\.csv$/);
      await page.context().close();
      await plain.close();
    });

    test("the desk fits a phone, prints, and has a dark face", async () => {
      const context = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: "dark" });
      const page = await context.newPage();
      await signIn(house, page, "marek");
      await sound(page, "my list in the dark");
      assert.ok(await fits(page), "my list is wider than the phone");
      await page.locator(".ps-rows a").first().click();
      await page.waitForLoadState();
      await sound(page, "a contact in the dark");
      assert.ok(await fits(page), "a contact is wider than the phone");
      const card = await page.locator(".ps-card--safe").boundingBox();
      const report = await page.locator("#report").boundingBox();
      assert.ok(card.y < report.y, "on a phone the safe-contact card stands before the work");
      await page.emulateMedia({ media: "print" });
      assert.ok(!(await page.locator("textarea[name=reply]").isVisible()), "forms are not printed");
      await context.close();
    });

    test("signing out ends it, and going back shows nothing", async () => {
      const page = await (await browser.newContext()).newPage();
      await signIn(house, page, "linh");
      await page.locator(".ps-top__hat button").click();
      await page.waitForLoadState();
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await page.goto(`${house.desk}/helpline`);
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await page.context().close();
    });
  });
});
