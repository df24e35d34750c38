// What a screen reader is told of a page, kept as a file. Read such a file aloud, from top to bottom, before you keep it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("aria/", import.meta.url);
const months = "January|February|March|April|May|June|July|August|September|October|November|December";
const days = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";

/** What is another in each run, and the word that stands for it. */
const changing = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "ID"],
  [/\b\d{5}( \d{5}){4}\b/g, "RECEIPT"],
  [/\b[0-9a-f]{64}\b/g, "HASH"],
  [/\b[CK]-[0-9A-Z]{4}-[0-9A-Z]{3}\b/g, "REFERENCE"],
  [/(Open now|Closed now\. Opens [^.\n]*)\./g, "OPEN OR CLOSED."],
  [/(On call now:"?\n *- text: )[^\n]+/g, "$1NAMES"],
  [new RegExp(`\\b((${days}) )?\\d{1,2} (${months})( \\d{4})?`, "g"), "DATE"],
  [/\b\d{4}-\d{2}-\d{2}\b/g, "DATE"],
  [/\b\d{1,2}:\d{2}(:\d{2})?\b/g, "TIME"],
  [/\b\d+ (minute|hour|day)s? left/g, "TIME LEFT"],
];

/** What is only said while the desk is open, or only while it is closed: left out, for a test is run at any hour. */
const byTheHour = [
  / *- paragraph: (Nobody reads messages until|Someone is reading messages now|A trained person reads your report within).*\n/g,
  / (If it is happening to you, it|It) is read within [^.\n]*(\. Everything else is read within [^.\n]*)?\./g,
];

/** This page, or this part of it, is told as it always was. `own` are changing things that only this page has. */
export async function heard(page, name, { part = "body", own = [] } = {}) {
  const file = new URL(`${name}.yml`, folder);
  // Where one is in a list of pages is told too, and is not in a snapshot.
  const here = (await page.locator(part).locator("[aria-current]").allInnerTexts()).map((each) => each.trim());
  let told = `- title: ${JSON.stringify(await page.title())}\n- current: ${JSON.stringify(here)}\n${await page.locator(part).ariaSnapshot()}\n`;
  for (const pattern of byTheHour) told = told.replace(pattern, "");
  for (const [pattern, word] of [...own, ...changing]) told = told.replace(pattern, word);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, told);
  }
  const kept = readFileSync(file, "utf8");
  assert.equal(told, kept, `a screen reader is told something else on "${name}". If it reads well: UPDATE_GOLDEN=1 node --test tests/browser/aria.test.mjs`);
}
