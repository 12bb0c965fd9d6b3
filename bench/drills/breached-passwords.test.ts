import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { bearer, post } from "@/e2e/support/http";
import { startInstallation } from "@/e2e/support/installation";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import { OWNER as CLAIMED } from "@/e2e/support/owner";

const PASSWORD = "Breached-Passw0rd!";

/** A range server that knows that password, or that takes connections and answers nothing; how often it was asked. */
let ranges: Server;
let silent = true;
let asked = 0;
let settings: Record<string, string>;
beforeAll(async () => {
  const [, suffix] = createHash("sha1").update(PASSWORD).digest("hex").toUpperCase().split(/^.{5}/);
  ranges = createServer((_request, response) => {
    asked++;
    if (!silent) response.end(`${suffix}:42`);
  });
  await new Promise<void>((resolve) => ranges.listen(0, "127.0.0.1", resolve));
  const { port } = ranges.address() as AddressInfo;
  settings = { BREACHED_PASSWORDS_URL: `http://127.0.0.1:${port}/range` };
});
afterAll(async () => {
  ranges.closeAllConnections();
  await new Promise((resolve) => ranges.close(resolve));
});

describe("when the server for them is silent", () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  test("claims go through, one at a time, and only the first waits", async () => {
    const installation = await startInstallation({
      databaseUrl: database.url,
      env: settings,
    });
    const { baseUrl } = installation;
    try {
      const body = { first_name: "Ada", last_name: "Owner", password: PASSWORD };
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          post(baseUrl, "/v1/auth/setup", { ...body, email: `o${i}@example.com` }),
        ),
      );
      const claimed = answers.filter(({ status }) => status === 201);
      expect(claimed).toHaveLength(1);
      for (const { status } of answers) expect([201, 403]).toContain(status);
      const many = asked;
      const headers = bearer(claimed[0]?.json.accessToken);
      const user = { email: "bob@example.com", role: "predefined_user", password: PASSWORD };
      expect((await post(baseUrl, "/v1/users", user, headers)).status).toBe(201);
      expect(asked).toBe(many); // a minute of quiet
      expect(installation.logs().match(/breached passwords not asked for/g)).toHaveLength(1);
      expect(installation.logs()).not.toContain(PASSWORD);
    } finally {
      await installation.stop();
    }
  });

  test("the doctor says so", async () => {
    const env = { ...databaseEnv(database.url), ...settings };
    const { code, output } = await runLatchkey(["doctor"], env);
    expect(code).toBe(0);
    expect(output).toMatch(/warn +Breached list +127\.0\.0\.1:\d+ does not answer/);
  });
});

test("the operator recovers by no known password, and the doctor looks whether it answers", async () => {
  silent = false;
  const database = await freshDatabase({ claimed: true });
  const env = { ...databaseEnv(database.url), ...settings };
  try {
    const args = ["admin", "recover", "--email", CLAIMED.email];
    const { code, output } = await runLatchkey(args, env, `${PASSWORD}\n`);
    expect(code).toBe(4);
    expect(output).toContain("This password is known from a data breach; choose another.");
    const doctor = await runLatchkey(["doctor"], env);
    expect(doctor.output).toMatch(/ok +Breached list +looked up at 127\.0\.0\.1/);
  } finally {
    silent = true;
    await database.drop();
  }
});
