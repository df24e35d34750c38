// The walk: a report is sent, an adviser reads it, a reply comes back. With scripts and without, in each direction of
// writing, on each database, on a small phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, onEach, openBrowser, press, signIn, soundAndFitting as sound, violations } from "./house.mjs";

const all = process.env.PLAINSIGHT_AXE_ALL === "1";

/** Which (language, scripts) are walked on which database: a covering sample, or all. */
const sample = (database) =>
  all
    ? ["en", "ro", "en-XA", "ar-XB"].flatMap((language) => [true, false].map((scripts) => ({ language, scripts })))
    : database === "sqlite"
      ? [{ language: "en", scripts: false }, { language: "ro", scripts: true }, { language: "ar-XB", scripts: true }]
      : [{ language: "en", scripts: true }, { language: "ar-XB", scripts: false }];

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    for (const { language, scripts } of sample(database)) {
      test(`it is happening to me: ${language}, ${scripts ? "with" : "without"} scripts`, async () => {
        const phone = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: scripts });
        const page = await phone.newPage();
        const watched = house.watch(page);
        await page.goto(`${house.public}/?lang=${language}`);
        if (scripts) await sound(page, "the first page");
        await press(page, "me");
        if (scripts) await sound(page, "the one page");

        // Nothing answered: the message stands at the field, and nothing was sent.
        await press(page, "send");
        assert.equal(await page.locator(".govuk-error-summary").count(), 1);
        if (scripts) await sound(page, "nothing to send");

        const words = `Canary ${language} ${scripts}: he keeps my passport. <b>ăâîșț</b>`;
        await page.fill("textarea[name=words]", words);
        await page.locator("input[name=reach][value=receipt]").check();
        await press(page, "check");
        assert.ok((await page.locator("main").innerText()).includes(words), "what was typed is on the check page");
        if (scripts) await sound(page, "check answers");
        await press(page, "send");
        const receipt = await page.locator("[data-receipt]").getAttribute("data-receipt");
        assert.match(receipt.replaceAll(" ", ""), /^\d{25}$/);
        if (scripts) await sound(page, "the receipt");

        // An adviser reads it at the desk and asks.
        const desk = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
        await signIn(house, desk, "ioana");
        await house.openContactWith(desk, words);
        await desk.fill("textarea[name=reply]", `Reply to ${language} ${scripts}`);
        await desk.locator('button[name="as"][value="reply"]').click();
        await desk.waitForLoadState();
        assert.ok((await desk.locator("main").innerText()).includes(`Reply to ${language} ${scripts}`));
        await desk.fill("textarea[name=note]", "A private note that no reporter sees");
        await desk.locator("#note-form button.govuk-button").click();
        await desk.waitForLoadState();
        await desk.context().close();

        // The reporter comes back: the reply is there, the note and the first report are not.
        await page.goto(`${house.public}/?lang=${language}`);
        await press(page, "read");
        if (scripts) await sound(page, "read a message");
        await page.fill("input[name=receipt]", receipt.replaceAll(" ", "-"));
        await press(page, "open");
        let messages = await page.locator("main").innerText();
        assert.ok(messages.includes(`Reply to ${language} ${scripts}`), messages);
        assert.ok(!messages.includes("A private note") && !messages.includes("Canary"), messages);
        if (scripts) await sound(page, "messages");
        await page.fill("textarea[name=words]", "One more thing");
        await press(page, "add");
        messages = await page.locator("main").innerText();
        assert.ok(messages.includes("One more thing"), messages);

        // Withdrawing says what has left, and afterwards the number leads nowhere.
        await press(page, "withdraw-ask");
        if (scripts) await sound(page, "withdraw");
        await press(page, "withdraw");
        if (scripts) await sound(page, "withdrawn");
        await page.goto(`${house.public}/?lang=${language}`);
        await press(page, "read");
        await page.fill("input[name=receipt]", receipt);
        await press(page, "open");
        assert.equal(await page.locator("textarea[name=words]").count(), 0);
        if (scripts) await sound(page, "nothing to read");
        assert.deepEqual(watched.foreign, [], "requests to others");
        assert.deepEqual(watched.policy, [], "what the content policy refused");
        assert.deepEqual(await phone.cookies(), [], "cookies");
        await phone.close();
      });

      test(`I noticed something: ${language}, ${scripts ? "with" : "without"} scripts`, async () => {
        const phone = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: scripts });
        const page = await phone.newPage();
        await page.goto(`${house.public}/?lang=${language}`);
        await press(page, "noticed");
        assert.equal(await page.locator("input[name=danger]").count(), 3, "danger comes first");
        assert.equal(await page.locator("input[name=child]").count(), 3, "and child");
        await page.locator("input[name=danger][value=no]").check();
        if (scripts) await sound(page, "danger and child");
        await press(page, "continue");
        await page.locator("input[name=setting][value=car-wash]").check();
        await page.fill("input[name=place]", "Alder Row");
        if (scripts) await sound(page, "place");
        await press(page, "continue");
        await page.locator('input[name^="sign-"][value=yes]').first().check();
        if (scripts) await sound(page, "signs");
        await press(page, "continue");
        await page.fill("textarea[name=words]", "Seen from the bus.");
        if (scripts) await sound(page, "words");
        // Back and on again loses nothing.
        await press(page, "back");
        assert.ok(await page.locator('input[name^="sign-"][value=yes]').first().isChecked());
        await press(page, "continue");
        assert.equal(await page.inputValue("textarea[name=words]"), "Seen from the bus.");
        await press(page, "continue");
        const exceptions = await page.locator(".govuk-inset-text").first().boundingBox();
        const choice = await page.locator("input[name=naming]").first().boundingBox();
        assert.ok(exceptions.y < choice.y, "the exceptions to confidentiality stand before the choice");
        if (scripts) await sound(page, "contact");
        // Another language in the middle of the form keeps what was typed.
        if (language === "en") {
          await press(page, "language-ro");
          assert.equal(await page.locator("html").getAttribute("lang"), "ro");
        }
        await press(page, "continue");
        if (scripts) await sound(page, "files");
        await press(page, "continue");
        assert.ok((await page.locator("main").innerText()).includes("Alder Row"));
        // Every answer can be changed, and leads back.
        await press(page, "edit-place");
        assert.equal(await page.inputValue("input[name=place]"), "Alder Row");
        await press(page, "send");
        assert.equal(await page.locator("[data-receipt]").count(), 1, "send what I have, from any page");
        await phone.close();
      });
    }

    for (const language of database === "sqlite" ? ["en", "ar-XB"] : ["ro"]) {
      test(`anonymous, a name taken out, and later in danger: ${language}`, async () => {
        const phone = await browser.newContext({ viewport: { width: 320, height: 640 } });
        const page = await phone.newPage();
        await page.goto(`${house.public}/?lang=${language}`);
        await press(page, "known");
        await press(page, "continue");
        await press(page, "continue");
        await press(page, "continue");
        await page.fill("textarea[name=words]", `My name is Ana Popescu. Canary ${language}: they sleep in the shop. Ring 07700 900123.`);
        await press(page, "continue");
        await page.locator("input[name=naming][value=anonymous]").check();
        await press(page, "send");
        await sound(page, "what may tell who you are");
        // The name is offered as taken out, the number is asked about.
        assert.deepEqual(await page.locator("input[name=out]").evaluateAll((boxes) => boxes.map((box) => box.checked)), [true, false]);
        await press(page, "send");
        const receipt = await page.locator("[data-receipt]").getAttribute("data-receipt");

        await page.goto(`${house.public}/?lang=${language}`);
        await press(page, "read");
        await page.fill("input[name=receipt]", receipt);
        await press(page, "open");
        await page.locator("input[name=danger][value=yes]").check();
        await press(page, "add");
        assert.match(await page.locator(".govuk-notification-banner").innerText(), /999/);
        await sound(page, "told to call");
        await phone.close();

        // At the desk it stands among the dangers, without the name.
        const desk = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
        await signIn(house, desk, "ioana");
        await house.openContactWith(desk, `Canary ${language}: they sleep in the shop. Ring 07700 900123.`, "danger");
        const shown = await desk.locator("main").innerText();
        assert.ok(!shown.includes("Ana Popescu") && shown.includes("[…]"), shown);
        assert.equal(await desk.locator("#safe-form").count(), 1);
        assert.deepEqual(await violations(desk), [], "axe on a danger that was said later");
        await desk.fill("#safe-form textarea", "She is with her sister.");
        await desk.locator("#safe-form button.govuk-button").click();
        await desk.waitForLoadState();
        // Marked as danger again by the adviser, in two steps.
        await desk.locator("details:has(#danger-form) summary").click();
        await desk.fill("#danger-form textarea", "She does not answer any more.");
        await desk.locator("#danger-form button.govuk-button").click();
        await desk.waitForLoadState();
        assert.equal(await desk.locator("#safe-form").count(), 1);
        await desk.context().close();
      });
    }

    test("who works with people gets advice before any form, and a note that says nothing", async () => {
      const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
      const page = await context.newPage();
      await page.goto(`${house.public}/?lang=en`);
      await press(page, "work");
      await sound(page, "advice for who works with people");
      const [advice, form] = await Promise.all([page.getByText("What to do now").boundingBox(), page.locator("textarea[name=words]").boundingBox()]);
      assert.ok(advice.y < form.y);
      await page.fill("textarea[name=words]", "He sleeps in the store room.");
      await page.fill("input[name=role]", "nurse");
      await press(page, "check");
      assert.match(await page.locator("main").innerText(), /nurse/);
      await press(page, "send");
      await sound(page, "the note");
      const note = await page.inputValue("#note");
      assert.match(note, /report sent to the helpline/);
      assert.doesNotMatch(note, /store room|nurse|\d{5}/);
      await context.close();
    });

    test("practising the number is a choice, and tells right from wrong", async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${house.public}/?lang=en`);
      await press(page, "me");
      await page.fill("textarea[name=words]", "practise");
      await press(page, "send");
      const receipt = await page.locator("[data-receipt]").getAttribute("data-receipt");
      const inWords = await page.locator(".ps-receipt__words").innerText();
      await page.fill("input[name=receipt]", "11111 11111 11111 11111 11111");
      await press(page, "practise");
      assert.match(await page.locator("main").innerText(), /not the same number/);
      assert.equal(await page.locator("[data-receipt]").getAttribute("data-receipt"), receipt);
      await page.fill("input[name=receipt]", inWords.toUpperCase());
      await press(page, "practise");
      assert.match(await page.locator("main").innerText(), /That is right/);
      await page.context().close();
    });

    test("a form that is sent twice shows one number", async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${house.public}/?lang=en`);
      await press(page, "me");
      await page.fill("textarea[name=words]", "twice");
      await press(page, "send");
      const first = await page.locator("[data-receipt]").getAttribute("data-receipt");
      // Reload sends the same post again, as a nervous thumb does.
      await page.reload();
      assert.equal(await page.locator("[data-receipt]").getAttribute("data-receipt"), first);
      await page.context().close();
    });
  });
});
