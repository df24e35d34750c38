// What a screen reader is told, page by page. It is the same on each database, so one is enough; nobody's invented contacts are
// in the house, for they are others at every hour.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { heard } from "./heard.mjs";
import { House, openBrowser, press, signIn } from "./house.mjs";

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

const phone = async () => (await browser.newContext({ viewport: { width: 360, height: 720 } })).newPage();

/** Sends a report on the site, and gives its number. */
async function report(words, at = house) {
  const page = await phone();
  await page.goto(`${at.public}/?lang=en`);
  await press(page, "me");
  await page.fill("textarea[name=words]", words);
  await press(page, "send");
  const receipt = await page.locator("[data-receipt]").getAttribute("data-receipt");
  await page.context().close();
  return receipt;
}

/** Finds these words, however they are spaced. */
const inWords = (words) => new RegExp(words.trim().replaceAll(/\s+/g, "\\s+"), "g");

async function desk(who) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await signIn(house, page, who);
  return page;
}

/** A contact of this journey's own, open at the desk. */
async function contact(words) {
  await report(words);
  const page = await desk("ioana");
  await house.openContactWith(page, words, "all");
  return page;
}

test("the open pages", async () => {
  const page = await phone();
  for (const [name, path] of [["front", "/"], ["now", "/now"], ["signs", "/signs"], ["signs-car-wash", "/signs/car-wash"], ["card", "/card"], ["privacy", "/privacy"], ["complaint", "/complain"]]) {
    await page.goto(`${house.public}${path}?lang=en`);
    await heard(page, name);
  }
  await page.context().close();
});

test("it is happening to me: the one page, a mistake, check answers, the number", async () => {
  const page = await phone();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "me");
  await heard(page, "me");
  await press(page, "send");
  await heard(page, "me-mistake");
  await page.fill("textarea[name=words]", "They keep my passport.");
  await page.locator("input[name=reach][value=receipt]").check();
  await press(page, "check");
  await heard(page, "me-check");
  await press(page, "send");
  const words = await page.locator(".ps-receipt__words").innerText();
  await heard(page, "receipt", { own: [[inWords(words), "RECEIPT IN WORDS"]] });
  await page.context().close();
});

test("I noticed something, step by step", async () => {
  const page = await phone();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "noticed");
  for (const step of ["danger", "place", "signs", "words", "contact", "files", "check"]) {
    if (step === "signs") assert.ok((await page.locator('input[name^="sign-"]').count()) > 0);
    await heard(page, `noticed-${step}`);
    if (step === "danger") await page.locator("input[name=danger][value=no]").check();
    if (step === "place") {
      await page.locator("input[name=setting][value=car-wash]").check();
      await page.fill("input[name=place]", "Alder Row");
    }
    if (step === "signs") await page.locator('input[name^="sign-"][value=yes]').first().check();
    if (step === "words") await page.fill("textarea[name=words]", "Seen from the bus.");
    if (step !== "check") await press(page, "continue");
  }
  await page.context().close();
});

test("I work with people: advice, form, the note", async () => {
  const page = await phone();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "work");
  await heard(page, "work");
  await page.fill("textarea[name=words]", "He sleeps in the store room.");
  await press(page, "send");
  const words = await page.locator(".ps-receipt__words").innerText();
  await heard(page, "work-receipt", { own: [[inWords(words), "RECEIPT IN WORDS"]] });
  await page.context().close();
});

test("read a message: asking for the number, a wrong one, the messages, withdrawing", async () => {
  const words = "A message is waited for";
  const receipt = await report(words);
  const adviser = await desk("ioana");
  await house.openContactWith(adviser, words, "all");
  await adviser.fill("textarea[name=reply]", "We can help you. Is it safe to write to you here?");
  await adviser.locator('button[name="as"][value="ask"]').click();
  await adviser.waitForLoadState();
  await adviser.context().close();

  const page = await phone();
  await page.goto(`${house.public}/?lang=en`);
  await press(page, "read");
  await heard(page, "read");
  await press(page, "open");
  await heard(page, "read-mistake");
  await page.fill("input[name=receipt]", receipt);
  await press(page, "open");
  await heard(page, "messages");
  await press(page, "withdraw-ask");
  await heard(page, "withdraw");
  await page.context().close();
});

test("signing in, and what does not fit", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.desk}/sign-in?lang=en`);
  await heard(page, "desk-sign-in");
  await page.fill("input[name=name]", "ioana");
  await page.fill("input[name=password]", "not the password");
  await page.fill("input[name=code]", "000000");
  await page.locator("main form button.govuk-button:not([type='button'])").first().click();
  await page.waitForLoadState();
  await heard(page, "desk-sign-in-refused");
  await page.context().close();
});

test("my list, the shift and the cases, with nothing and with something in them", async () => {
  // A house of their own: what stands in these pages is what others did in it.
  const own = await House.open("sqlite", { contacts: 0 });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await signIn(own, page, "ioana");
    await heard(page, "desk-list-empty");
    await page.goto(`${own.desk}/helpline/cases`);
    await heard(page, "desk-cases-empty");
    await report("A line of the list", own);
    await page.goto(`${own.desk}/helpline`);
    await heard(page, "desk-list");
    await page.goto(`${own.desk}/helpline/shift`);
    await heard(page, "desk-shift", { own: [[/(- strong: "Helpline:"\n *- text: )[^\n]+/g, "$1NAMES"]] });
    await page.context().close();
  } finally {
    await own.close();
  }
});

test("a contact, a note without a word, and the referral", async () => {
  const page = await contact("For the contact's page");
  await heard(page, "desk-contact");
  await page.locator("#note-form button.govuk-button").click();
  await page.waitForLoadState();
  await heard(page, "desk-contact-mistake");
  await page.locator('a[href*="/referral?alarm="]').click();
  await page.waitForLoadState();
  await heard(page, "desk-referral");
  await page.locator("main form button.govuk-button").last().click();
  await page.waitForLoadState();
  await heard(page, "desk-referral-mistake");
  await page.context().close();
});

test("keeping: a supervisor's card at the foot of a contact", async () => {
  const words = "For the card of keeping";
  await report(words);
  const page = await desk("grace");
  await house.openContactWith(page, words, "all");
  await page.locator("section[aria-labelledby=keeping] details").evaluateAll((all) => all.forEach((each) => (each.open = true)));
  await heard(page, "desk-keeping", { part: "section[aria-labelledby=keeping]" });
  await page.context().close();
});

test("a case", async () => {
  const page = await contact("For a case");
  await page.locator("details:has(#begin-case-form) > summary").click();
  await page.fill("input[name=case-title]", "A white van");
  await page.locator("#begin-case-form button").click();
  await page.waitForURL(/\/helpline\/cases\//);
  await heard(page, "desk-case");
  await page.context().close();
});

test("the telephone sheet", async () => {
  const page = await desk("ioana");
  await page.goto(`${house.desk}/helpline/call`);
  await heard(page, "desk-call");
  await page.context().close();
});

test("search: nothing asked, and what was found", async () => {
  const page = await contact("The plate was WX19 QZV");
  await page.goto(`${house.desk}/helpline/search`);
  await heard(page, "desk-search");
  await page.fill("#q", "WX19-QZV");
  await page.keyboard.press("Enter");
  await page.getByText("WX19QZV").first().waitFor();
  await heard(page, "desk-search-found");
  await page.context().close();
});

test("the rota, for one who reads it and for one who keeps it", async () => {
  for (const who of ["ioana", "grace"]) {
    const page = await desk(who);
    await page.goto(`${house.desk}/rota?week=2026-01-05`);
    await heard(page, `desk-rota-${who === "ioana" ? "adviser" : "supervisor"}`);
    await page.context().close();
  }
});

test("people: the list, one of them, adding one", async () => {
  const page = await desk("owen");
  // Who has signed in by now is who was needed by the other journeys.
  await heard(page, "desk-people", { own: [[/At the desk now|Not signed in yet/g, "ACCOUNT"]] });
  await page.locator("table a", { hasText: "Ioana" }).click();
  await page.waitForLoadState();
  await heard(page, "desk-person", { own: [[/At the desk now|Not signed in yet/g, "ACCOUNT"]] });
  await page.goto(`${house.desk}/people/add`);
  await heard(page, "desk-person-add");
  await page.locator("main form button").click();
  await page.waitForLoadState();
  await heard(page, "desk-person-add-mistake");
  await page.context().close();
});

test("one's own account, and recovery for a holder", async () => {
  const page = await desk("grace");
  await page.goto(`${house.desk}/account`);
  await heard(page, "desk-account");
  await page.goto(`${house.desk}/recovery`);
  await heard(page, "desk-recovery");
  await page.context().close();
});

test("other systems: none yet, adding one, its key, the system", async () => {
  const page = await desk("grace");
  await page.goto(`${house.desk}/helpline/systems`);
  await heard(page, "desk-systems");
  await page.locator("main a.govuk-button").click();
  await page.waitForLoadState();
  await page.locator("main form button").click();
  await page.waitForLoadState();
  await heard(page, "desk-system-add-mistake");
  await page.fill("#name", "Barnet council app");
  await page.check("input[value=messages]");
  await page.locator("main form button").click();
  await page.waitForLoadState();
  await heard(page, "desk-system-key", { own: [[/psk1_[a-z2-7]+/g, "KEY"], [/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID"]] });
  await page.locator("main a.govuk-link").click();
  await page.waitForLoadState();
  await heard(page, "desk-system", { own: [[/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID"], [/[A-Z][a-z]+ \d{1,2} [A-Z][a-z]+ \d{4}/g, "DAY"]] });
  await page.context().close();
});

// In a house of its own, where nobody has written yet: then each number is the same at every hour.
test("the supervisors' board, and what the public is told", async () => {
  const empty = await House.open("sqlite", { contacts: 0 });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await signIn(empty, page, "grace");
    await page.goto(`${empty.desk}/helpline/board`);
    const names = [/(On call now:"?\n *- strong: )[^\n]+/g, "$1NAMES"];
    await heard(page, "desk-board", { part: "main", own: [names, [/"?Next: [^\n]*/g, "NEXT"]] });
    await page.goto(`${empty.desk}/helpline/settings`);
    await heard(page, "desk-settings", { part: "main" });
    await page.context().close();
  } finally {
    await empty.close();
  }
});

test("the ledger and its chain", async () => {
  const page = await desk("maud");
  await page.goto(`${house.desk}/ledger?act=team.made`);
  await heard(page, "desk-ledger", { own: [[/Members \d+/g, "Members N"]] });
  await page.goto(`${house.desk}/ledger/chain`);
  const numbers = [[/\d+ entries follows/g, "N entries follows"], [/entries=\d+/g, "entries=N"], [/(signature|signed)=\S+/g, "$1=..."]];
  await heard(page, "desk-ledger-chain", { own: numbers });
  await page.context().close();
});
