// A contact by telephone, entered while listening: from the door to the list with keys alone, and how many it takes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { House, onEach, openBrowser } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** A hand at the keyboard that counts: letters of what is typed, and presses of any other key. */
class Hand {
  letters = 0;
  presses = 0;

  constructor(page) {
    this.page = page;
  }

  async press(name, times = 1) {
    for (let time = 0; time < times; time += 1) await this.page.keyboard.press(name);
    this.presses += times;
  }

  async type(text) {
    await this.page.keyboard.type(text);
    this.letters += text.length;
  }

  /** Presses Tab until the focus is on this. It must come within a screenful of controls. */
  async to(selector) {
    for (let step = 0; step < 40; step += 1) {
      await this.press("Tab");
      if (await this.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    assert.fail(`the Tab key does not come to ${selector}`);
  }

  /** How long an adviser types at 40 words (200 letters) a minute and 0.4 s for any other key. Told, never asserted. */
  seconds() {
    return this.letters * 0.3 + this.presses * 0.4;
  }
}

onEach((database) => {
  describe(`on ${database}`, { concurrency: 1 }, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    test("from signing in to stored, with keys alone", async (it) => {
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      const member = house.signIns.find((each) => each.signInName === "marek");
      const code = await house.freshCode("marek");
      await page.goto(`${house.desk}/sign-in?lang=en`);
      const door = new Hand(page);
      await door.to("#name");
      await door.type("marek");
      await door.press("Tab");
      await door.type(member.password);
      await door.to("#code");
      await door.type(code);
      await door.press("Enter");
      await page.waitForURL(`${house.desk}/helpline**`);
      await door.to('a[href^="/helpline/call"]');
      await door.press("Enter");
      await page.waitForURL(/\/helpline\/call\/./);

      const words = `She cooks and cleans for a family. They took her passport when she came. She sleeps on the kitchen floor and may go out only with them. She was paid once, in May (${database}).`;
      const hand = new Hand(page);
      await hand.to("[name=safe]");
      await hand.press("Space");
      // Not in danger: the second of three.
      await hand.to("[name=danger]");
      await hand.press("ArrowDown");
      // The second kind of caller: somebody they know.
      await hand.to("[name=caller]");
      await hand.press("ArrowDown");
      await hand.to("[name=child]");
      await hand.press("ArrowDown");
      await hand.to("[name=place]");
      await hand.type("14 Tannery Lane, the tall house");
      // The kind of place is found by its first letters.
      await hand.press("Tab");
      await hand.type("Private");
      await hand.to("[name=words]");
      await hand.type(words);
      await hand.to("[name=advice]");
      await hand.type("Her own interpreter, a safe place, no police unless she wants them.");
      await hand.to("input[type=checkbox]");
      await hand.press("Space");
      await hand.to("[name=naming]");
      await hand.press("ArrowDown");
      // Telephone comes after "no", which is chosen.
      await hand.to("[name=reach]");
      await hand.press("ArrowDown");
      await hand.press("Tab");
      await hand.type("07700 900123");
      await hand.press("Tab");
      await hand.type("Sundays 10 to 12");
      await hand.press("Tab");
      await hand.type("The library");
      await hand.to("button[name=go][value=finish]");
      await hand.press("Enter");
      await page.waitForURL(/\/helpline\/contacts\//);

      const told = await page.locator("main").innerText();
      for (const each of [words, "14 Tannery Lane", "Private house with a domestic worker", "Her own interpreter", "07700 900123", "Sundays 10 to 12", "The library"]) {
        assert.ok(told.includes(each), `${each} was stored:\n${told}`);
      }
      it.diagnostic(`the door: ${door.letters} letters and ${door.presses} other keys, about ${Math.round(door.seconds())} s`);
      it.diagnostic(`the contact: ${hand.letters} letters and ${hand.presses} other keys, about ${Math.round(hand.seconds())} s of 180`);
      // What an adviser presses beside what they were told: a control more on the way is a key more in every call.
      assert.ok(hand.presses <= 40, `${hand.presses} keys beside the letters`);
      assert.ok(door.presses <= 18, `${door.presses} keys to the sheet`);
      await page.context().close();
    });
  });
});
