import { existsSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../support/database";
import { get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { until } from "../support/until";
import { RACE_TIMES } from "./race-times";

vi.setConfig({ testTimeout: 120_000 }); // a first start prepares its database

const OWNER = { name: "Owner", email: "owner@example.com", password: "SecurePass123" };

/** Whether something listens at an address; a request that is refused takes ten times the work. */
function accepts(base: string): Promise<boolean> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}

describe("a claim while the first start is still preparing", () => {
  const DOORS = ["/api/auth/bootstrap", "/v1/auth/setup", "/api/auth/initialize"];
  const CLOSED = "Error al inicializar sistema: Database connection failed";

  const BY = [
    { by: "doors of one replica", processes: 1, commandLine: false },
    { by: "doors of two", processes: 2, commandLine: false },
    { by: "the command line beside them", processes: 2, commandLine: true },
  ];

  test.each(RACE_TIMES === 1 ? BY.slice(0, 1) : BY)(
    "by $by: refused with 503, then one wins and nothing is left over",
    async (row) => {
      const database = await freshDatabase({ migrated: false });
      const installation = await startInstallation({
        databaseUrl: database.url,
        processes: row.processes,
        waitUntilReady: false,
        env: { ALLOW_BOOTSTRAP: "true" },
      });
      try {
        const statuses = new Set<number>();
        let won = 0;
        let over = false;
        // From the first connection that is accepted on, as fast as it goes.
        const hammer = installation.baseUrls.flatMap((base) =>
          DOORS.map(async (route, i) => {
            while (!over && !(await accepts(base))) await sleep(10);
            for (let round = 0; !over; round++) {
              const email = `o${i}-${round}-${base.slice(-5)}@example.com`;
              const person = { ...OWNER, email, first_name: "A", last_name: "B" };
              const answers = await Promise.all([
                post(base, route, person),
                get(base, "/v1/auth/status"),
                get(base, "/setup"),
              ]).catch(() => null);
              await sleep(answers === null ? 5 : 50);
              for (const { status, json } of answers ?? []) {
                // Door 3 says so with its published 500.
                statuses.add(status === 500 && json?.message === CLOSED ? 503 : status);
                if (json?.message === "Sistema ya inicializado") statuses.delete(400);
              }
              if (answers && [200, 201].includes(answers[0].status)) won++;
            }
          }),
        );
        const created = row.commandLine
          ? await runLatchkey(
              ["admin", "create", "--email", "cli@example.com"],
              databaseEnv(database.url),
              `${OWNER.password}\n`,
            )
          : null;
        await installation.ready();
        if (created === null) await until(async () => won > 0, 20);
        over = true;
        await Promise.all(hammer);
        expect(installation.processes.map(({ exitCode }) => exitCode)).not.toContain(1);
        expect(won + (created?.code === 0 ? 1 : 0)).toBe(1);
        statuses.delete(408); // a busy machine that kept us from sending in time
        for (const status of statuses)
          expect([200, 201, 307, 403, 404, 409, 503]).toContain(status);
        const [left] = await database.sql(
          `SELECT (SELECT count(*)::int FROM setup_token) AS tokens,
                (SELECT count(*)::int FROM users) AS users,
                (SELECT count(*)::int FROM installation) AS installations`,
        );
        expect(left).toEqual({ tokens: 0, users: 1, installations: 1 });
        // The other replica looks every few seconds.
        const files = [installation.dataDir, path.join(installation.dataDir, "replica-1")];
        const anyToken = () => files.some((folder) => existsSync(path.join(folder, "setup-token")));
        await until(async () => !anyToken(), 15);
      } finally {
        await installation.stop();
        await database.drop();
      }
    },
  );
});
