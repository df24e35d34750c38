// Starts the real program with invented data on SQLite or PostgreSQL, and drives headless Chromium against it.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const web = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = web("playwright-core");
const axeSource = readFileSync(web.resolve("axe-core/axe.min.js"), "utf8");

const program = process.env.PLAINSIGHT ?? new URL("../../target/debug/plainsight", import.meta.url).pathname;
const postgres = process.env.PLAINSIGHT_TEST_POSTGRES;

/** The databases that every journey is made on. */
export const databases = postgres ? ["sqlite", "postgresql"] : ["sqlite"];

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A running instance with invented data. */
export class House {
  static async open(database, { contacts = 12 } = {}) {
    const house = new House();
    house.folder = mkdtempSync(join(tmpdir(), "plainsight-journey-"));
    const [publicPort, deskPort] = [await freePort(), await freePort()];
    house.public = `http://localhost:${publicPort}`;
    house.desk = `http://localhost:${deskPort}`;
    const words = ["demo", "--data", house.folder, "--contacts", String(contacts)];
    words.push("--public", `127.0.0.1:${publicPort}`, "--desk", `127.0.0.1:${deskPort}`);
    if (database === "postgresql") {
      house.databaseName = `journey_${process.pid}_${publicPort}`;
      execFileSync("psql", [postgres, "-qc", `CREATE DATABASE ${house.databaseName}`]);
      words.push("--postgres", postgres.replace(/\/[^/]*$/, `/${house.databaseName}`));
    }
    house.child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
    house.said = "";
    house.child.stdout.on("data", (text) => (house.said += text));
    house.child.stderr.on("data", (text) => (house.said += text));
    await house.answers();
    house.signIns = JSON.parse(readFileSync(join(house.folder, "sign-ins.json"), "utf8"));
    return house;
  }

  async answers() {
    for (let wait = 0; wait < 600; wait += 1) {
      if (this.child.exitCode !== null) throw new Error(`the program ended:\n${this.said}`);
      try {
        const answers = await Promise.all([fetch(`${this.public}/?lang=en`), fetch(`${this.desk}/sign-in`)]);
        if (answers.every((answer) => answer.ok)) return;
      } catch {
        // Not yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the program does not answer:\n${this.said}`);
  }

  /** What the program says to a command about this instance. */
  run(...words) {
    return execFileSync(program, [...words, "--config", join(this.folder, "plainsight.toml")], { encoding: "utf8" }).trim();
  }

  /** The six-digit code of this moment. */
  code(signInName) {
    return this.run("member", "code", signInName);
  }

  /** A code opens once: waits until the member's application shows another one than last time. */
  async freshCode(signInName) {
    this.used ??= new Map();
    while (this.used.get(signInName) === this.code(signInName)) await new Promise((resolve) => setTimeout(resolve, 500));
    this.used.set(signInName, this.code(signInName));
  }

  /** What a page asks of others, and what its own policy refuses: both must stay empty. */
  watch(page) {
    const watched = { foreign: [], policy: [] };
    page.on("request", (request) => {
      if (!request.url().startsWith(this.public) && !request.url().startsWith("data:")) watched.foreign.push(request.url());
    });
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) watched.policy.push(message.text());
    });
    return watched;
  }

  /** Opens the contact whose text holds these words, from a list at the desk. */
  async openContactWith(page, words, show = "new") {
    await page.goto(`${this.desk}/helpline?show=${show}`);
    const links = await page.locator(".ps-rows tbody a").evaluateAll((found) => found.map((each) => each.href));
    for (const link of links) {
      await page.goto(link);
      if ((await page.locator("main").innerText()).includes(words)) return;
    }
    throw new Error(`no contact in the list "${show}" holds the words ${words}`);
  }

  async close() {
    this.child.kill("SIGTERM");
    await new Promise((resolve) => (this.child.exitCode === null ? this.child.once("exit", resolve) : resolve()));
    if (this.databaseName) execFileSync("psql", [postgres, "-qc", `DROP DATABASE IF EXISTS ${this.databaseName} WITH (FORCE)`]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One browser for a file of tests. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.PLAINSIGHT_CHROMIUM?.startsWith("/") ? process.env.PLAINSIGHT_CHROMIUM : "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Every accessibility violation of the page, as a list that reads well in a failure. Zero is the only pass. */
export async function violations(page) {
  // Evaluated by the debugger, so the page's own policy against foreign scripts stays as it is.
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}

/** Whether the page is no wider than the screen. */
export async function fits(page) {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

/** Presses the button of the journey that does this. */
export async function press(page, go) {
  await Promise.all([page.waitForLoadState("domcontentloaded"), page.locator(`button[name="go"][value="${go}"]`).first().click()]);
  await page.waitForLoadState("load");
}

/** Signs a member in at the desk. */
export async function signIn(house, page, signInName) {
  const member = house.signIns.find((each) => each.signInName === signInName);
  await house.freshCode(signInName);
  await page.goto(`${house.desk}/sign-in`);
  await page.fill("input[name='name']", member.signInName);
  await page.fill("input[name='password']", member.password);
  await page.fill("input[name='code']", house.code(signInName));
  await page.locator("main form button.govuk-button:not([type='button'])").first().click();
  await page.waitForLoadState("load");
}
