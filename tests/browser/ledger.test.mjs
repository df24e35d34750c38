// The ledger at the desk: an auditor reads who did what, and nobody else finds the page.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, onEach, openBrowser, signIn, soundAndFitting } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    test("an auditor filters without scripts, takes a filter away, downloads, and compares a printed head", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true })).newPage();
      await signIn(house, page, "maud");
      assert.equal(new URL(page.url()).pathname, "/ledger");
      await page.selectOption("select[name=act]", "contact.opened");
      await page.locator("main form button").click();
      const count = async () => Number((await page.locator("[role=status]").innerText()).match(/^([\d,]+) entr/)[1].replace(",", ""));
      const opened = await count();
      assert.ok(opened > 0);
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").click()]);
      assert.equal(download.suggestedFilename(), `ledger-${opened}-rows.csv`);
      await page.locator(".ps-filters a").click();
      assert.equal(new URL(page.url()).search, "");
      assert.ok((await count()) > opened);

      await page.goto(`${house.desk}/ledger/chain`);
      assert.equal(await page.locator(".govuk-tag--green").count(), 2);
      const head = await page.locator(".ps-head").first().innerText();
      await page.fill("textarea[name=head]", head);
      await page.locator("main form button").click();
      assert.match(await page.locator("main").innerText(), /Compared with the head of Helpline/);
      await page.context().close();
    });

    test("its pages are sound and fit a phone, in either direction", async () => {
      const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
      await signIn(house, page, "maud");
      for (const path of ["/ledger", "/ledger?act=contact.opened&from=2020-01-01", "/ledger?from=nonsense", "/ledger?lang=ar-XB", "/ledger/chain", "/ledger/chain?lang=ro"]) {
        await page.goto(`${house.desk}${path}`);
        await soundAndFitting(page, path);
      }
      await page.context().close();
    });

    test("an adviser and the administrator find no such page", async () => {
      for (const who of ["ioana", "owen"]) {
        const page = await (await browser.newContext()).newPage();
        await signIn(house, page, who);
        for (const path of ["/ledger", "/ledger/entries.csv", "/ledger/chain"]) {
          assert.equal((await page.goto(`${house.desk}${path}`)).status(), 404, `${who} ${path}`);
        }
        await page.context().close();
      }
    });
  });
});
