// Passkeys at the desk, with an authenticator in software: add one, sign in with it, remove it, and it opens nothing.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { databases, fits, House, openBrowser, signIn, violations } from "./house.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

async function sound(page, where) {
  assert.deepEqual(await violations(page), [], `axe on ${where}`);
  assert.ok(await fits(page), `${where} is no wider than the screen`);
  assert.doesNotMatch(await page.locator("body").innerText(), /\[[a-z]+-[a-z-]+\]/, `a message is missing on ${where}`);
}

/** A device that keeps passkeys and says yes to everything, as a telephone does that somebody unlocks. */
async function device(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  const kept = async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  return { session, authenticatorId, kept };
}

async function addPasskey(house, page, name) {
  await page.goto(`${house.desk}/account`);
  await page.locator("a", { hasText: "Add a passkey" }).click();
  await page.fill("#name", name);
  await page.locator("button", { hasText: "Make the passkey" }).click();
  await page.waitForURL("**/account?done=added");
}

async function signOut(page) {
  await page.locator(".ps-top__hat form button").click();
  await page.waitForURL("**/sign-in");
}

async function signInWithPasskey(house, page, signInName, password) {
  const member = house.signIns.find((each) => each.signInName === signInName);
  await page.goto(`${house.desk}/sign-in`);
  await page.fill("input[name='name']", member.signInName);
  await page.fill("input[name='password']", password ?? member.password);
  await page.locator("button", { hasText: "Use a passkey instead of the code" }).click();
}

for (const database of databases) {
  describe(`on ${database}`, () => {
    let house;
    before(async () => (house = await House.open(database)));
    after(() => house?.close());

    test("a passkey is added, opens the desk with the password, is removed, and opens nothing", async () => {
      const page = await (await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 800 } })).newPage();
      const watched = house.watch(page);
      const { kept } = await device(page);
      await signIn(house, page, "ioana");
      await page.locator("header a", { hasText: "Your account" }).click();
      assert.equal(new URL(page.url()).pathname, "/account");
      assert.match(await page.locator("main").innerText(), /You have no passkey yet/);
      await sound(page, "an account without passkeys");
      await page.locator("a", { hasText: "Add a passkey" }).click();
      assert.ok(!(await page.locator("[data-passkey-off]").isVisible()));
      await sound(page, "adding a passkey");

      // Without a name, nothing is made on the device.
      await page.locator("button", { hasText: "Make the passkey" }).click();
      await page.locator(".govuk-error-summary").waitFor();
      assert.match(await page.locator("#name-error").innerText(), /Give the passkey a name/);
      assert.equal((await kept()).length, 0);
      await sound(page, "a passkey without a name");
      await page.fill("#name", "My work phone");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/account?done=added");
      assert.match(await page.locator("main").innerText(), /My work phone[^]*Added on [^]*Not used yet/);
      await sound(page, "an account with a passkey");
      const [credential] = await kept();
      assert.equal(credential.rpId, "localhost");
      assert.ok(credential.isResidentCredential);

      await signOut(page);
      await sound(page, "the door with passkeys");
      await signInWithPasskey(house, page, "ioana", "not the password at all");
      await page.locator(".govuk-error-summary").waitFor();
      assert.match(await page.locator(".govuk-error-summary").innerText(), /Name, password and passkey do not go together/);
      await sound(page, "a refused passkey");
      // Ioana's passkey is none of Grace's.
      await signInWithPasskey(house, page, "grace");
      await page.locator(".govuk-error-summary").waitFor();
      assert.match(await page.locator(".govuk-error-summary").innerText(), /Name, password and passkey do not go together/);

      await signInWithPasskey(house, page, "ioana");
      await page.waitForURL((url) => url.pathname !== "/sign-in");
      await page.goto(`${house.desk}/account`);
      assert.match(await page.locator("main").innerText(), /My work phone[^]*Last used on/);

      await page.locator("a", { hasText: "Remove" }).click();
      assert.match(await page.locator("h1").innerText(), /Remove “My work phone”\?/);
      await sound(page, "removing a passkey");
      await page.locator("button", { hasText: "Remove the passkey" }).click();
      await page.waitForURL("**/account?done=removed");
      assert.match(await page.locator("main").innerText(), /You have no passkey yet/);
      await signOut(page);
      await signInWithPasskey(house, page, "ioana");
      await page.locator(".govuk-error-summary").waitFor();
      assert.match(await page.locator(".govuk-error-summary").innerText(), /Name, password and passkey do not go together/);
      assert.deepEqual(watched.policy, []);
      assert.deepEqual(watched.foreign.filter((url) => !url.startsWith(house.desk)), []);
      await page.context().close();
    });

    test("a device that says no leaves the page as it was, and the code goes on working", async () => {
      const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
      await device(page);
      // No passkey of this desk is on the device.
      await signInWithPasskey(house, page, "grace");
      await page.locator("[role=status]", { hasText: "No passkey was used" }).waitFor();
      assert.equal(await page.inputValue("input[name='name']"), "grace");
      await sound(page, "no passkey was used");
      await signIn(house, page, "grace");
      assert.notEqual(new URL(page.url()).pathname, "/sign-in");
      await addPasskey(house, page, "A key on my ring");
      // The device has one already: the browser refuses to make a second.
      await page.locator("a", { hasText: "Add a passkey" }).click();
      await page.fill("#name", "Again");
      await page.locator("button", { hasText: "Make the passkey" }).click();
      await page.locator("[role=status]", { hasText: "has a passkey of yours already" }).waitFor();
      await page.context().close();
    });

    test("the command line lists passkeys and removes them", async () => {
      assert.match(await house.run("member", "passkeys", "grace"), /A key on my ring\s+added \d{4}-\d\d-\d\d\s+not used yet/);
      assert.match(await house.run("member", "passkeys", "grace", "--remove"), /removed 1 of grace's passkeys/);
      assert.match(await house.run("member", "passkeys", "grace"), /grace has no passkey/);
    });

    test("without scripts the code opens the desk, and the page says what a passkey needs", async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" })).newPage();
      await page.goto(`${house.desk}/sign-in`);
      assert.ok(!(await page.locator("main").innerText()).includes("passkey"));
      await signIn(house, page, "ioana");
      await page.goto(`${house.desk}/account/passkeys/add`);
      assert.match(await page.locator("main").innerText(), /scripts are switched off/);
      assert.ok(!(await page.locator("button", { hasText: "Make the passkey" }).isVisible()));
      await page.focus("#name");
      await page.keyboard.type("A phone");
      await page.keyboard.press("Enter");
      await page.locator(".govuk-error-summary").waitFor();
      assert.match(await page.locator(".govuk-error-summary").innerText(), /No passkey came from your browser/);
      assert.equal(await page.inputValue("#name"), "A phone");
      assert.ok(await fits(page));
      await page.context().close();
    });

    for (const width of [320, 1200]) {
      test(`the pages are sound and fit at ${width} pixels, in either direction`, async () => {
        const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
        await device(page);
        for (const path of ["/sign-in", "/sign-in?lang=ro", "/sign-in?lang=ar-XB"]) {
          await page.goto(`${house.desk}${path}`);
          await sound(page, path);
        }
        await signIn(house, page, "maud");
        await addPasskey(house, page, "A telephone with a name that is longer than most of them are");
        const remove = await page.locator("main dl a", { hasText: "Remove" }).first().getAttribute("href");
        for (const path of ["/account", "/account/passkeys/add", remove]) {
          for (const language of ["", "?lang=ro", "?lang=ar-XB"]) {
            await page.goto(`${house.desk}${path}${language}`);
            await sound(page, `${path}${language}`);
          }
        }
        await page.goto(`${house.desk}${remove}`);
        await page.locator("main form button").click();
        await page.context().close();
      });
    }
  });
}
