// Whether a page shuts anybody out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { timed } from "./stopwatch.mjs";

const web = createRequire(new URL("../../web/package.json", import.meta.url));
const axeSource = readFileSync(web.resolve("axe-core/axe.min.js"), "utf8");
const all = process.env.PLAINSIGHT_AXE_ALL === "1";

/** What axe said of each build of a page, in this file of journeys. */
const asked = new Map();

/**
 * How a page is built: each element with its attributes and whether it has text, the language, the width, the colours. Two pages
 * that are built alike are one page to axe, whatever names and times stand in them, and whichever database is behind it.
 * PLAINSIGHT_AXE_ALL=1 asks about each page nevertheless.
 */
const build = (page) =>
  page.evaluate(() => {
    const named = ["class", "role", "type", "lang", "dir", "rel", "scope", "tabindex", "aria-hidden", "data-theme"];
    const pointing = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
    const leads = (value) => value.split(/\s+/).every((id) => document.getElementById(id));
    const ids = new Set();
    const parts = [...document.querySelectorAll("*")].map((element) => {
      const attributes = [...element.attributes].map(({ name, value }) => {
        if (named.includes(name)) return `${name}=${value}`;
        return `${name}=${pointing.includes(name) ? leads(value) : value.trim() !== ""}`;
      });
      const twice = element.id && ids.has(element.id) ? "twice" : "";
      ids.add(element.id);
      return `${element.tagName} ${attributes.join(" ")} ${element.textContent.trim() && "text"} ${element.open ?? ""} ${element.checked ?? ""} ${twice}`;
    });
    const face = ["(prefers-color-scheme: dark)", "print"].map((media) => matchMedia(media).matches);
    return [innerWidth, ...face, ...parts].join("\n");
  });

/** Every accessibility violation of the page, as a list that reads well in a failure. Zero is the only pass. */
export async function violations(page) {
  if (all) return ask(page);
  const built = await timed("the build of a page", () => build(page));
  // A page that was closed while axe looked at it says nothing of this one.
  const said = await asked.get(built)?.catch(() => undefined);
  if (said) return said;
  const answer = timed("axe", () => ask(page));
  asked.set(built, answer);
  return answer;
}

async function ask(page) {
  // Evaluated by the debugger, so the page's own policy against foreign scripts stays as it is.
  await page.evaluate(axeSource);
  const said = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  return said.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}

/** Whether the page is no wider than the screen. */
export async function fits(page) {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

/** Every message of the page is there, in whatever language. */
export async function translated(page, where) {
  assert.doesNotMatch(await page.locator("body").innerText(), /\[[a-z]+-[a-z-]+\]/, `a message is missing on ${where}`);
}

/** What can be asked of a page without scripts too, where axe does not run: it is whole, and no wider than the screen. */
export async function fitting(page, where) {
  assert.ok(await fits(page), `${where} is wider than the screen`);
  await translated(page, where);
}

/** Nobody is shut out of this page. */
export async function sound(page, where) {
  assert.deepEqual(await violations(page), [], `axe on ${where}`);
  await translated(page, where);
}

/** Nobody is shut out of this page, on a phone neither. */
export async function soundAndFitting(page, where) {
  await sound(page, where);
  await fitting(page, where);
}
