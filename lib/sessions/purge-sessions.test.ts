import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { purgeSessions } from "./purge-sessions";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
afterAll(() => database.drop());

test("sessions go 90 days after their time, many in several steps, with their refresh tokens", async () => {
  await database.sql(`
    INSERT INTO roles (slug, name) VALUES ('reader', 'Reader');
    INSERT INTO users (email, role_id) SELECT 'bob@example.com', id FROM roles;
    INSERT INTO sessions (user_id, door, user_agent, expires_at)
      SELECT users.id, 'api', kind, now() - days FROM users, (VALUES
        ('old', interval '91 days'), ('kept', interval '89 days'), ('living', interval '-1 day')
      ) AS sort (kind, days);
    INSERT INTO sessions (user_id, door, user_agent, expires_at)
      SELECT users.id, 'api', 'old', now() - interval '91 days' FROM users, generate_series(1, 5000);
    INSERT INTO refresh_tokens (digest, session_id) SELECT md5(id::text), id FROM sessions;
  `);
  expect(await purgeSessions()).toBe(5_001);
  expect(await database.sql("SELECT user_agent FROM sessions ORDER BY 1")).toEqual([
    { user_agent: "kept" },
    { user_agent: "living" },
  ]);
  expect(await database.sql("SELECT count(*)::int FROM refresh_tokens")).toEqual([{ count: 2 }]);
  expect(await purgeSessions()).toBe(0);
});
