// The interface for other systems, called from outside: schemathesis makes requests from its description, right and wrong
// ones, and looks at every answer. The rules it knows (no error of the server, nothing that is not described, what is wrong is
// refused, what is right is taken, no door without its key) are the test.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { House, databases } from "../browser/house.mjs";

const run = promisify(execFile);
const schemathesis = process.env.PLAINSIGHT_SCHEMATHESIS ?? new URL("../../target/schemathesis/bin/schemathesis", import.meta.url).pathname;

for (const database of databases) {
  describe(`the interface on ${database}`, () => {
    let house;
    let added;

    before(async () => {
      house = await House.open(database);
      const words = ["sender", "add", "A tester", "--per-hour", "100000"];
      for (const scope of ["reports", "mailbox", "messages", "open311"]) words.push("--scope", scope);
      const said = await house.run(...words);
      added = { key: said.match(/psk1_[a-z2-7]+/)[0], sender: said.match(/messages\/([0-9a-f-]{36})/)[1], signing: said.match(/whsec_\S+/)[0] };
    });

    /** A receipt that leads to a report. */
    async function receipt() {
      const headers = { authorization: `Bearer ${added.key}`, "content-type": "application/json", "idempotency-key": randomUUID() };
      const body = JSON.stringify({ path: "noticed", words: "Five people sleep there." });
      const answer = await fetch(`${house.public}/api/v1/reports`, { method: "POST", headers, body });
      assert.equal(answer.status, 201);
      return (await answer.json()).receipt;
    }

    after(() => house?.close());

    test("holds what its description promises", async () => {
      const words = ["run", `${house.public}/api/v1/openapi.json`, "--url", house.public];
      words.push("--header", `Authorization: Bearer ${added.key}`, "--seed", "1", "--max-examples", "15", "--phases", "examples,coverage,fuzzing");
      words.push("--checks", "all", "--continue-on-failure", "--warnings", "off", "--no-color", "--request-timeout", "60");
      try {
        const env = { ...process.env, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: import.meta.dirname, PYTHONDONTWRITEBYTECODE: "1", PLAINSIGHT_SENDER: added.sender, PLAINSIGHT_SIGNING: added.signing, PLAINSIGHT_RECEIPT: await receipt() };
        const { stdout } = await run(schemathesis, words, { cwd: house.folder, env, maxBuffer: 64 * 1024 * 1024 });
        if (process.env.PLAINSIGHT_SHOW) console.log(stdout);
      } catch (error) {
        assert.fail(`${error.stdout ?? ""}\n${error.stderr ?? ""}\n${error.message}`);
      }
      assert.ok((await fetch(`${house.public}/?lang=en`)).ok, "the site still stands");
    });
  });
}
