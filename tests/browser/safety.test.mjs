// What keeps a frightened person safe at the screen itself: leaving, hiding, no trace of ours, paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { fits, House, openBrowser, press, violations } from "./house.mjs";

let browser;
let house;
before(async () => {
  browser = await openBrowser();
  house = await House.open("sqlite", { contacts: 0 });
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const OPEN_PAGES = ["/", "/now", "/signs", "/signs/car-wash", "/signs/care", "/card", "/privacy", "/complain", "/no-such-page"];

test("the open pages are sound in every language at 320 pixels", async () => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
  for (const language of ["en", "ro", "en-XA", "ar-XB"]) {
    for (const path of OPEN_PAGES) {
      await page.goto(`${house.public}${path}?lang=${language}`);
      assert.deepEqual(await violations(page), [], `${path} in ${language}`);
      assert.ok(await fits(page), `${path} in ${language} is wider than the phone`);
      const window = await page.title();
      assert.doesNotMatch(window, /slav|traffick|report|police/i, "the window's title tells");
    }
  }
  await page.context().close();
});

test("leave now is on every page, works without scripts, and empties the cache", async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const path of OPEN_PAGES) {
    await page.goto(`${house.public}${path}?lang=en`);
    assert.equal(await page.locator(".govuk-exit-this-page a[href='/leave']").count(), 1, path);
  }
  const answer = await fetch(`${house.public}/leave`, { redirect: "manual" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("clear-site-data"), '"cache"');
  assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
  await page.context().close();
});

test("with scripts, leaving replaces the page, and three times Shift leaves", async () => {
  for (const way of ["press", "keys"]) {
    const page = await (await browser.newContext()).newPage();
    await page.route((url) => !url.href.startsWith(house.public), (route) => route.fulfill({ contentType: "text/html", body: "<title>Weather</title>rain" }));
    await page.goto(`${house.public}/?lang=en`);
    await press(page, "me");
    await page.fill("textarea[name=words]", "typed before leaving");
    if (way === "press") await page.locator(".govuk-js-exit-this-page-button").click();
    else for (let time = 0; time < 3; time += 1) await page.keyboard.press("Shift");
    await page.waitForFunction(() => document.title === "Weather");
    // The form's page was replaced in the history: Back leads to the page before it.
    await page.goBack().catch(() => undefined);
    assert.equal(await page.locator("textarea[name=words]").count(), 0, way);
    await page.context().close();
  }
});

test("a hidden page is blank", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.public}/?lang=en`);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(await page.locator("main").isVisible(), false);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => false, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(await page.locator("main").isVisible(), true);
  await page.context().close();
});

test("fields remember nothing and nothing is stored on the phone", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "me");
  for (const field of await page.locator("input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea").all()) {
    const [name, autocomplete, spellcheck, translate] = await Promise.all(["name", "autocomplete", "spellcheck", "translate"].map((each) => field.getAttribute(each)));
    assert.deepEqual([autocomplete, spellcheck, translate], ["off", "false", "no"], name);
  }
  // A box or a circle holds no text to check or translate; a browser may still remember it.
  const choices = page.locator("input[type=radio], input[type=checkbox]");
  const remembered = await choices.evaluateAll((boxes) => boxes.filter((box) => box.autocomplete !== "off").map((box) => box.name));
  assert.ok((await choices.count()) > 20);
  assert.deepEqual(remembered, []);
  const stored = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await navigator.serviceWorker?.getRegistrations())?.length ?? 0]);
  assert.deepEqual(stored, [0, 0, "", 0]);
  await page.context().close();
});

test("the signs print without the buttons", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.public}/signs/car-wash?lang=en`);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".ps-signs li").first().isVisible());
  for (const hidden of [".govuk-exit-this-page", "main form button", ".ps-footer"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  await page.context().close();
});

test("eight cards print on one sheet and the poster on the next, in every language", async () => {
  const page = await (await browser.newContext()).newPage();
  for (const language of ["en", "ro", "en-XA", "ar-XB"]) {
    // The longest of languages may spill where paper is shorter.
    for (const format of language === "en-XA" ? ["A4"] : ["A4", "Letter"]) {
      await page.goto(`${house.public}/card?lang=${language}`);
      const margin = { top: "10mm", bottom: "10mm", left: "10mm", right: "10mm" };
      const sheets = (await page.pdf({ format, margin })).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
      assert.equal(sheets, 2, `${language} on ${format}`);
    }
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".ps-slip:visible").count(), 8, language);
    for (const hidden of ["h1", ".ps-header", ".ps-footer", ".govuk-inset-text"]) {
      assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} in ${language}`);
    }
    await page.emulateMedia({ media: null });
    assert.equal(await page.locator(".ps-slip:visible").count(), 1, "a screen shows one card");
  }
  await page.context().close();
});

test("somebody who may hurt themselves comes from their page to whom to call", async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } })).newPage();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "me");
  await page.getByRole("link", { name: "you matter" }).click();
  assert.ok(page.url().endsWith("/now?lang=en#talk"), page.url());
  // The heading is not under the header that stays, and the first number is on the screen.
  const [header, heading] = await Promise.all([".ps-header", "#talk"].map((each) => page.locator(each).boundingBox()));
  assert.ok(heading.y >= header.y + header.height, `${heading.y} ${header.height}`);
  const call = await page.locator("#talk ~ .ps-route__way a[href='tel:999']").first().boundingBox();
  assert.ok(call.y + call.height <= 640, "the number is on the first screen");
  await page.context().close();
});

test("the first page is small enough for a slow line", async () => {
  const page = await (await browser.newContext()).newPage();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  let bytes = 0;
  client.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(`${house.public}/?lang=en`, { waitUntil: "networkidle" });
  assert.ok(bytes > 0 && bytes < 60_000, `${bytes} bytes over the wire`);
  await page.context().close();
});

test("what a screen reader hears on the first page stays as it is", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.public}/signs?lang=en`);
  assert.match(await page.locator("body").ariaSnapshot(), /heading "Spot the signs" \[level=1\]/);
  await page.goto(`${house.public}/?lang=en`);
  const heard = await page.locator("body").ariaSnapshot();
  const order = ["Leave now", "Is someone in danger now?", "Call 999", "You will always be taken seriously", "It is happening to me", "I noticed something", "Read a message"];
  let from = 0;
  for (const each of order) {
    const at = heard.indexOf(each, from);
    assert.ok(at >= from, `${each} is not heard in its place:\n${heard}`);
    from = at;
  }
  await page.context().close();
});

test("a telephone number keeps its order where writing runs from right to left", async () => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
  await page.goto(`${house.public}/now?lang=ar-XB`);
  for (const number of await page.locator(".ps-call bdi").all()) {
    assert.equal(await number.evaluate((each) => getComputedStyle(each).direction), "ltr", await number.innerText());
  }
  await page.context().close();
});
