// Files at the desk: a photograph that carries its place is cleaned, looked at from an origin of its own, and saved without it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { House, fitting, leads, onEach, openBrowser, press, signIn, soundAndFitting } from "./house.mjs";

const photo = readFileSync(new URL("../../data/media/photo.jpg", import.meta.url));
const canary = "CANARYzq7";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    /** A report of this journey's own, opened at the desk. */
    const opened = async (page, words) => {
      const reporter = await (await browser.newContext({ viewport: { width: 360, height: 720 } })).newPage();
      await reporter.goto(`${house.public}/?lang=en`);
      await press(reporter, "me");
      await reporter.fill("textarea[name=words]", words);
      await press(reporter, "send");
      await reporter.context().close();
      await house.openContactWith(page, words);
      return page.url();
    };

    const put = async (page, name, bytes, mimeType) => {
      await page.locator("#files-form").evaluate((form) => form.closest("details")?.setAttribute("open", ""));
      await page.setInputFiles("#files-form input[type=file]", { name, mimeType, buffer: bytes });
    };

    /** Waits, as somebody does who presses the link, until nothing is under way any more. */
    const ready = async (page) => {
      for (let again = 0; again < 60; again += 1) {
        if ((await page.locator("[data-again]").count()) === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 500));
        await page.reload();
      }
      throw new Error("a file is cleaned for ever");
    };

    test("a photograph is put in, cleaned, looked at and saved, and its place is in no copy", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: true, viewport: { width: 360, height: 720 } })).newPage();
      const policy = [];
      page.on("console", (message) => /Content Security Policy/i.test(message.text()) && policy.push(message.text()));
      await signIn(house, page, "ioana", { byHand: true });
      const contact = await opened(page, `A photograph comes with this (${database})`);
      await put(page, "Anna at home.jpg", photo, "image/jpeg");
      await page.fill("#files-form textarea[name=file-note]", "Given to me at the door.");
      await leads(page, () => page.locator("#files-form button.govuk-button").click());
      await ready(page);
      const text = await page.locator("main").innerText();
      assert.match(text, /Photograph \(JPEG\)/);
      assert.match(text, /Given to me at the door/);
      assert.ok(!text.includes("Anna at home"));
      await soundAndFitting(page, "a contact with a file");

      // Folded until somebody asks: nothing was fetched, and nobody has seen it.
      const fetched = [];
      page.on("request", (request) => request.url().startsWith(house.files) && fetched.push(request.url()));
      assert.equal(fetched.length, 0);
      await page.locator(".ps-file details summary").first().click();
      await page.waitForFunction(() => document.querySelector(".ps-file__small")?.naturalWidth > 0);
      assert.equal(fetched.length, 1);
      await soundAndFitting(page, "a picture, small");
      await page.locator(".ps-file details summary").nth(1).click();
      assert.match(await page.locator(".ps-file").innerText(), /Where it was made/);
      await soundAndFitting(page, "what was taken out");

      await leads(page, () => page.getByRole("link", { name: /^Look at it/ }).click());
      await page.waitForFunction(() => document.querySelector(".ps-look img")?.naturalWidth > 0);
      await soundAndFitting(page, "the cleaned copy");
      const [copy] = await Promise.all([page.waitForEvent("download"), page.locator("main a.govuk-button").click()]);
      assert.match(copy.suggestedFilename(), /^F-[0-9A-Z]{4}-[0-9A-Z]{3}\.jpg$/);
      const bytes = readFileSync(await copy.path());
      assert.ok(photo.includes(canary) && !bytes.includes(canary));
      // Of its Exif nothing is left but which way is up.
      const exif = bytes.indexOf("Exif");
      assert.ok(exif === -1 || bytes.readUInt16BE(exif - 2) < 64);
      assert.deepEqual(policy, []);

      // Opened by itself it can do nothing, and another browser has nothing of the address once it is dead.
      const answer = await fetch(fetched[0]);
      assert.match(answer.headers.get("content-security-policy"), /^sandbox; default-src 'none'/);
      assert.equal((await fetch(`${house.files}/f/${"0".repeat(32)}`)).status, 404);
      assert.equal((await fetch(`${house.files}/sign-in`)).status, 404);
      await page.goto(contact);
      await page.context().close();
    });

    test("the same without scripts, and what cannot be cleaned is said", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })).newPage();
      await signIn(house, page, "ioana");
      await opened(page, `A letter comes with this (${database})`);
      await page.locator("details:has(#files-form) > summary").click();
      await page.setInputFiles("#files-form input[type=file]", [
        { name: "a.jpg", mimeType: "image/jpeg", buffer: photo },
        { name: "b.html", mimeType: "text/html", buffer: Buffer.from("<html><script>alert(1)</script></html>") },
      ]);
      await leads(page, () => page.locator("#files-form button.govuk-button").click());
      await ready(page);
      const text = await page.locator("main").innerText();
      assert.match(text, /Photograph \(JPEG\)/);
      assert.match(text, /It can run or fetch something when somebody opens it/);
      await fitting(page, "two files without scripts");
      await leads(page, () => page.getByRole("link", { name: /^Look at it/ }).click());
      assert.equal(await page.locator(".ps-look img").evaluate((picture) => picture.complete && picture.naturalWidth > 0), true);
      await fitting(page, "the cleaned copy without scripts");
      await page.context().close();
    });
  });
});
