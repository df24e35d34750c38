// Makes the pictures of README.md anew: node tests/browser/pictures.mjs [FOLDER]. Run it after `cargo xtask demo` has built all.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { House, openBrowser, press, signIn } from "./house.mjs";

const folder = process.argv[2] ?? new URL("../../docs/pictures", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const house = await House.open("sqlite", { contacts: 300 });
const browser = await openBrowser();

try {
  const phone = await (await browser.newContext({ viewport: { width: 360, height: 720 } })).newPage();
  const shown = [];
  const shoot = async () => shown.push((await phone.screenshot()).toString("base64"));
  await phone.goto(`${house.public}/?lang=en`);
  await shoot();
  await press(phone, "me");
  await phone.fill("textarea[name=words]", "They keep my passport. I work every day and sleep in the same house. He says I still owe him.");
  await phone.locator("textarea[name=words]").scrollIntoViewIfNeeded();
  await shoot();
  await press(phone, "send");
  await shoot();
  // The three phones side by side, as one picture.
  const table = await (await browser.newContext({ viewport: { width: 1160, height: 760 } })).newPage();
  const phones = shown.map((png) => `<img src="data:image/png;base64,${png}" style="border:1px solid #505a5f;border-radius:14px">`);
  await table.setContent(`<body style="margin:20px;display:flex;gap:19px;background:#f3f2f1">${phones.join("")}</body>`);
  await table.screenshot({ path: join(folder, "report-site.png") });

  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  await signIn(house, desk, "ioana");
  await house.openContactWith(desk, "Urgent referral by", "all");
  await desk.screenshot({ path: join(folder, "desk.png") });
} finally {
  await browser.close();
  await house.close();
}
