// Files on the report site, on the smallest telephone: chosen, sent over a line that breaks and to a program that is killed, taken
// away, sent with the report and later with the number; with scripts, without them, and in Romanian.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { fitting, House, onEach, openBrowser, press, soundAndFitting, violations } from "./house.mjs";

const MEBIBYTE = 2 ** 20;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const file = (name, size, mimeType = "image/jpeg") => ({ name, mimeType, buffer: Buffer.alloc(size, `${name} `) });

onEach((database) => {
  describe(`files on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database, { contacts: 0 })));
    after(() => house?.close());

    const phone = async (options = {}) => (await browser.newContext({ viewport: { width: 320, height: 640 }, ...options })).newPage();

    /** To the page on which files are chosen, of a report that says something. */
    async function toFiles(page, { language = "en", danger = "no" } = {}) {
      await page.goto(`${house.public}/?lang=${language}`);
      await press(page, "noticed");
      await page.locator(`input[name=danger][value=${danger}]`).check();
      for (const next of ["place", "signs", "words", "contact", "files"]) {
        await press(page, "continue");
        assert.equal(await page.locator("input[name=page]").getAttribute("value"), next);
      }
    }

    /** The numbers of the pieces that a page sends, as it sends them. */
    async function pieces(page) {
      await page.addInitScript(() => {
        globalThis.pieces = [];
        const { append } = FormData.prototype;
        FormData.prototype.append = function (name, ...value) {
          if (name === "number") globalThis.pieces.push(Number(value[0]));
          return append.call(this, name, ...value);
        };
      });
      return () => page.evaluate(() => globalThis.pieces);
    }

    const choose = (page, ...files) => page.locator("input[type=file]").setInputFiles(files);
    const row = (page, name) => page.locator(".ps-files__one", { hasText: name });
    const ready = (page, name, words = "ready to send") => row(page, name).getByText(words).waitFor({ timeout: 240_000 });
    const said = (page) => page.locator("main").innerText();
    const receipt = (page) => page.locator("[data-receipt]").getAttribute("data-receipt");

    test("chosen and sent over a line that breaks, one taken away, the rest sent with the report and later", async () => {
      const page = await phone();
      const watched = house.watch(page);
      const sent = await pieces(page);
      await toFiles(page);
      await soundAndFitting(page, "the page of files");
      await choose(page, file("van.jpg", 3 * MEBIBYTE + 17), file("list.pdf", 4000, "application/pdf"), file("wrong.txt", 20, "text/plain"), file("empty.txt", 0));
      await row(page, "van.jpg").locator("progress").waitFor();
      // The line breaks once something has gone out, and comes back.
      while ((await sent()).length < 2) await page.waitForTimeout(10);
      await page.context().setOffline(true);
      await soundAndFitting(page, "files on their way");
      await row(page, "empty.txt").getByText("There is nothing in").waitFor();
      await row(page, "van.jpg").getByText("No connection. We keep trying by ourselves.").waitFor({ timeout: 120_000 });
      await soundAndFitting(page, "a line that is lost");
      await page.context().setOffline(false);
      await ready(page, "van.jpg");
      await ready(page, "wrong.txt");
      await soundAndFitting(page, "files that are ready");
      await row(page, "wrong.txt").getByRole("button").click();
      await row(page, "empty.txt").getByRole("button").click();
      assert.equal(await page.locator(".ps-files__one").count(), 2);
      assert.match(await page.locator(".ps-files [role=status]").textContent(), /was taken away/);

      await press(page, "continue");
      assert.match(await said(page), /Files\s+2 files\./, "the answers");
      await soundAndFitting(page, "the answers with files");
      await press(page, "edit-files");
      assert.match(await said(page), /van\.jpg\s+about 4 MB[\s\S]*list\.pdf\s+less than 1 MB/);
      // Two more from the page that came back; one of the server's list is taken away by its button.
      await choose(page, file("house.jpg", 5000));
      await ready(page, "house.jpg");
      await press(page, await row(page, "list.pdf").getByRole("button").getAttribute("value"));
      await press(page, "continue");
      assert.match(await said(page), /2 files\./);
      await press(page, "send");
      const number = await receipt(page);
      assert.doesNotMatch(await said(page), /jpg|pdf/, "names beside the number");
      // Nothing of it is on the telephone.
      const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]);
      assert.deepEqual(kept, [0, 0, "", 0]);
      assert.equal(new URL(page.url()).pathname, "/help");

      await press(page, "read");
      await page.fill("input[name=receipt]", number);
      await press(page, "open");
      await page.locator("details:has(.ps-files) > summary").click();
      await soundAndFitting(page, "the messages with files to add");
      await choose(page, file("later.jpg", 6000), file("later still.jpg", 7000));
      await ready(page, "later still.jpg");
      await press(page, "add");
      assert.match(await said(page), /From you\s+You sent 2 files\./);
      assert.doesNotMatch(await said(page), /later/);
      assert.deepEqual(watched, { foreign: [], policy: [] });
      await page.context().close();
    });

    test("a program that is killed while a file comes: the page goes on by itself, and what was here is not sent again", async () => {
      const page = await phone();
      const sent = await pieces(page);
      await toFiles(page);
      await choose(page, file("film.mp4", 6 * MEBIBYTE, "video/mp4"));
      while ((await sent()).length < 3) await page.waitForTimeout(10);
      await house.kill();
      await row(page, "film.mp4").getByText("No connection").waitFor({ timeout: 120_000 });
      await house.begin();
      await ready(page, "film.mp4");
      // One was on its way when the program died: that alone may have gone out twice.
      const numbers = await sent();
      assert.ok(numbers.length <= 7 && new Set(numbers).size === 6, `sent: ${numbers}`);
      await press(page, "continue");
      assert.match(await said(page), /1 file\./);
      await press(page, "send");
      assert.ok(await receipt(page));
      await page.context().close();
    });

    test("whoever goes on too early is asked once, and goes on later where it stopped; in danger nobody is asked", async () => {
      const page = await phone();
      const sent = await pieces(page);
      await toFiles(page);
      const slow = { latency: 200, downloadThroughput: 400_000, uploadThroughput: 250_000, offline: false };
      const line = await page.context().newCDPSession(page);
      await line.send("Network.emulateNetworkConditions", slow);
      const film = file("film.mp4", 4 * MEBIBYTE, "video/mp4");
      await choose(page, film);
      await row(page, "film.mp4").locator(".ps-files__state", { hasText: /^[3-9]\d% sent$/ }).waitFor({ timeout: 120_000 });
      await page.locator("button[value=continue]").click();
      await page.locator(".ps-files__ask").waitFor();
      assert.equal(await page.locator("input[name=page]").getAttribute("value"), "files", "asked, not gone on");
      assert.deepEqual(await violations(page), []);
      await press(page, "continue");
      assert.match(await said(page), /One file is not all here and will not be sent\./);
      await line.send("Network.emulateNetworkConditions", { ...slow, latency: 0, uploadThroughput: -1, downloadThroughput: -1 });
      await press(page, "edit-files");
      assert.match(await said(page), /Not all of it is here/);
      await soundAndFitting(page, "a file that is not whole");
      await choose(page, film);
      await ready(page, "film.mp4");
      const numbers = await sent();
      assert.ok(!numbers.includes(0), `what was here is not sent again: ${numbers}`);
      assert.equal(await page.locator(".ps-files__one").count(), 1);
      await page.context().close();

      const urgent = await phone();
      await toFiles(urgent, { danger: "yes" });
      await (await urgent.context().newCDPSession(urgent)).send("Network.emulateNetworkConditions", slow);
      await choose(urgent, film);
      await row(urgent, "film.mp4").getByText("% sent").waitFor({ timeout: 60_000 });
      await press(urgent, "send");
      assert.ok(await receipt(urgent), "sent at once");
      assert.match(await said(urgent), /A file that you chose was not sent/);
      await urgent.context().close();
    });

    test("without scripts, in Romanian: one post, the list, taking away, sending, adding later", async () => {
      const page = await phone({ javaScriptEnabled: false });
      await toFiles(page, { language: "ro" });
      await fitting(page, "the page of files");
      await choose(page, file("duba.jpg", 2 * MEBIBYTE), file("gol.txt", 0), file("lista.pdf", 3000, "application/pdf"));
      await press(page, "files");
      assert.match(await said(page), /„gol\.txt” este gol[\s\S]*duba\.jpg\s+cam 2 MB[\s\S]*lista\.pdf\s+sub 1 MB/);
      await fitting(page, "the list");
      await press(page, await row(page, "lista.pdf").getByRole("button").getAttribute("value"));
      assert.doesNotMatch(await said(page), /lista\.pdf/);
      await choose(page, file("poarta.jpg", 900));
      await press(page, "continue");
      assert.match(await said(page), /2 fișiere\./);
      await press(page, "send");
      const number = await receipt(page);
      await press(page, "read");
      await page.fill("input[name=receipt]", number);
      await press(page, "open");
      await page.locator("details:has(.ps-files) > summary").click();
      await choose(page, file("scrisoare.pdf", 900, "application/pdf"));
      await press(page, "add");
      assert.match(await said(page), /Ați trimis un fișier\./);
      await fitting(page, "the messages");
      await page.context().close();
    });

    test("in every language, and from right to left", async () => {
      for (const language of ["ro", "en-XA", "ar-XB"]) {
        const page = await phone();
        await toFiles(page, { language });
        await choose(page, file("van.jpg", 5000), file("empty.txt", 0));
        await row(page, "van.jpg").locator("input[name=ticket]").waitFor({ state: "attached", timeout: 60_000 });
        await soundAndFitting(page, `files in ${language}`);
        await page.context().close();
      }
    });
  });
});
