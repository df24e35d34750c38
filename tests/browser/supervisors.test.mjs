// A supervisor begins a shift at the board, follows its numbers, and keeps what the public is told true.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, leads, onEach, openBrowser, send, signIn, soundAndFitting } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    const open = async (width, options = {}) => (await browser.newContext({ viewport: { width, height: 800 }, ...options })).newPage();
    /** The public site says it, as soon as its process has looked. */
    const publicSays = async (path, words) => {
      for (;;) {
        const text = await (await fetch(`${house.public}${path}?lang=en`)).text();
        if (text.includes(words)) return text;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };

    test("the board, on each screen, and each number leads to its list", async () => {
      for (const [width, options] of [[320, {}], [360, { colorScheme: "dark" }], [1280, {}]]) {
        const page = await open(width, options);
        await signIn(house, page, "grace");
        await page.goto(`${house.desk}/helpline/board`);
        await soundAndFitting(page, `the board at ${width}`);
        await page.locator(".ps-board details summary").click();
        await soundAndFitting(page, `the board at ${width}, with the table of its chart`);
        await page.context().close();
      }
      const page = await open(1280);
      await signIn(house, page, "grace");
      await page.goto(`${house.desk}/helpline/board`);
      const tile = page.locator(".ps-board__tile", { hasText: "Overdue" });
      const count = Number(await tile.locator("strong").innerText());
      // With the keys alone.
      await tile.focus();
      await leads(page, () => page.keyboard.press("Enter"));
      assert.equal(await page.locator("main tbody tr").count(), count);
      await page.goto(`${house.desk}/helpline/board`);
      const hand = page.locator("a[href*='whose=']").first();
      const [held, name] = [Number((await hand.innerText()).split(/\s/)[0]), await page.locator("tr", { has: page.locator("a[href*='whose=']") }).first().locator("th").innerText()];
      await send(page, hand);
      assert.equal(await page.locator("main tbody tr").count(), held);
      assert.ok((await page.locator("main .ps-filter--chosen").allInnerTexts()).join(" ").includes(name));
      await soundAndFitting(page, "a list narrowed to the hands of a colleague");
      await page.context().close();
    });

    test("a board without scripts is the same board", async () => {
      const page = await open(1280);
      await signIn(house, page, "grace");
      const plain = await open(1280, { javaScriptEnabled: false });
      await plain.context().addCookies(await page.context().cookies());
      await plain.goto(`${house.desk}/helpline/board`);
      assert.equal(await plain.locator("main svg .ps-chart__line").count(), 8);
      assert.equal(await plain.locator("main section").count(), 6);
      await plain.context().close();
      await page.context().close();
    });

    test("a number is changed after a look at what the public will see, and brought back", async () => {
      const page = await open(360);
      await signIn(house, page, "grace", { byHand: true });
      await page.goto(`${house.desk}/helpline/settings`);
      await soundAndFitting(page, "what the public is told");
      await send(page, page.locator("a[href$='/routes/england/westmere-helpline']"));
      await soundAndFitting(page, "a route");
      await page.fill("#telephone", "ring us");
      await send(page, page.locator("button[value=look]"));
      assert.deepEqual(await page.locator(".govuk-error-summary a").evaluateAll((links) => links.map((link) => link.hash)), ["#telephone"]);
      assert.equal(await page.inputValue("#telephone"), "ring us");
      await soundAndFitting(page, "a mistake in a route");
      await page.fill("#telephone", "020 7946 0777");
      await send(page, page.locator("button[value=look]"));
      assert.match(await page.locator("main").innerText(), /sees now[^]*020 7946 0158[^]*will see[^]*020 7946 0777/);
      await soundAndFitting(page, "a route before it holds");
      await send(page, page.locator("button[value=save]"));
      assert.match(await page.locator("main [role=status]").innerText(), /It holds/);
      await soundAndFitting(page, "what the public is told, after a change");
      await publicSays("/now", "020 7946 0777");
      assert.match(await house.run("settings", "show"), /version 1 of the desk/);
      assert.match(await house.run("settings", "export"), /020 7946 0777/);

      // A promise, then the version before it again.
      await send(page, page.locator("a[href$='/promises/no-immigration']"));
      await soundAndFitting(page, "a promise");
      await send(page, page.locator("button[value=save]"));
      await publicSays("/privacy", "immigration officers");
      await send(page, page.locator("a[href$='/versions/1']"));
      await soundAndFitting(page, "an earlier version");
      await send(page, page.locator("button[value=save]"));
      assert.match(await page.locator("main").innerText(), /brought version 1 back/);
      await page.context().close();
    });

    test("a child's line waits for a second supervisor, without scripts too", async () => {
      const page = await open(1280);
      await signIn(house, page, "grace", { byHand: true });
      const plain = await open(320, { javaScriptEnabled: false });
      await plain.context().addCookies(await page.context().cookies());
      await plain.goto(`${house.desk}/helpline/settings/routes/england/childline`);
      assert.equal(await plain.locator("button[value=stop]").count(), 0);
      await plain.fill("#telephone", "020 7946 0111");
      await plain.check("input[name=checked][value=telephone]");
      await plain.locator("button[value=look]").click();
      assert.match(await plain.locator("main").innerText(), /second supervisor has to confirm/);
      await plain.locator("button[value=save]").click();
      assert.match(await plain.locator("main").innerText(), /Waiting for a second supervisor/);
      await page.goto(`${house.desk}/helpline/settings`);
      await send(page, page.locator("main a[href*='/proposals/']"));
      await soundAndFitting(page, "a change that waits");
      assert.equal(await page.locator("button[value=yes]").count(), 0, "nobody confirms their own");
      await send(page, page.locator("button[value=no]"));
      assert.equal(await page.locator("main a[href*='/proposals/']").count(), 0);
      await plain.context().close();
      await page.context().close();
    });

    test("an adviser finds no such pages", async () => {
      const page = await open(1280);
      await signIn(house, page, "ioana");
      for (const path of ["/helpline/board", "/helpline/settings", "/helpline/settings/promises/no-cost"]) {
        const answer = await page.goto(`${house.desk}${path}`);
        // Before what wants a fresh password, everybody is asked for it.
        if (!page.url().includes("again")) assert.equal(answer.status(), 404, path);
        assert.equal(await page.locator(`a[href$='${path}']`).count(), 0);
      }
      await page.context().close();
    });
  });
});
