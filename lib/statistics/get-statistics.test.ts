import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import type { Actor } from "@/lib/access/actor";
import type { Policy } from "@/lib/access/schema";
import { processWide } from "@/lib/platform/process-wide";
import { getStatistics } from "./get-statistics";
import { Statistics } from "./statistics-view";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess({ claimed: true });
});
afterAll(() => database.drop());
beforeEach(() => {
  processWide<{ last: unknown }>("user-counts", () => ({ last: null })).last = null;
});

const actor = (...policies: Policy[]): Actor => ({
  userId: "00000000-0000-4000-8000-000000000000",
  email: "x@example.com",
  name: null,
  role: { slug: "x", name: "X", policies },
  limits: null,
  factorDuty: null,
  mustEnrol: false,
  via: { kind: "apiToken", id: 1 },
});
const READER = actor({ action: "read", subject: "User" });

async function statistics() {
  const outcome = await getStatistics(READER);
  if (outcome.kind !== "counted") throw new Error(outcome.kind);
  return Statistics.parse(outcome.statistics);
}

test.each<[string, Actor, string]>([
  ["who may read every user", READER, "counted"],
  ["who may do everything", actor({ action: "manage", subject: "all" }), "counted"],
  [
    "who may read some of them",
    actor({ action: "read", subject: "User", conditions: { status: "active" } }),
    "forbidden",
  ],
  ["who may read the trail", actor({ action: "read", subject: "AuditEvent" }), "forbidden"],
  ["a token for less", { ...READER, limits: [{ action: "update", subject: "User" }] }, "forbidden"],
])("%s", async (_, actor, kind) => {
  expect((await getStatistics(actor)).kind).toBe(kind);
});

describe("an installation of some weeks", () => {
  beforeAll(async () => {
    await database.sql(`
      INSERT INTO roles (slug, name, second_factor_grace_days, second_factor_required_since)
        VALUES ('staff', 'Staff', 7, now()), ('empty', 'Empty', NULL, NULL);
      INSERT INTO users (email, role_id, status, password_hash, created_at)
        SELECT n || '@example.com', (SELECT id FROM roles WHERE slug = 'staff'),
          CASE WHEN n <= 10 THEN 'active' WHEN n <= 13 THEN 'disabled' ELSE 'invited' END::user_status,
          CASE WHEN n <= 13 THEN (SELECT password_hash FROM users LIMIT 1) END,
          date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            - CASE WHEN n <= 12 THEN interval '100 days' ELSE interval '3 days' END
        FROM generate_series(1, 17) AS n;
      UPDATE users SET created_at = now() - interval '200 days' WHERE email NOT LIKE '%@example.com' OR email = 'ada@example.com';
      INSERT INTO passkeys (id, user_id, name, public_key)
        SELECT email || k, id, 'x', '' FROM users, generate_series(1, 2) AS k WHERE email IN ('1@example.com', '11@example.com');
      INSERT INTO totp_factors (user_id, secret, confirmed_at)
        SELECT id, 'x', CASE WHEN email <> '3@example.com' THEN now() END FROM users
        WHERE email IN ('1@example.com', '2@example.com', '3@example.com');
      INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
        SELECT id, 'invitation', rpad(email, 64, 'x'), id, 'x',
          now() + CASE email WHEN '14@example.com' THEN interval '1 day' WHEN '15@example.com' THEN interval '5 days'
            ELSE interval '-1 day' END
        FROM users WHERE status = 'invited' AND email <> '17@example.com';
      WITH link AS (
        INSERT INTO join_links (name, digest, role_id, approval, max_uses, created_by_id, created_by_label, expires_at)
        SELECT 'x', rpad('x', 64), id, true, 1, id, 'x', now() FROM roles WHERE slug = 'staff' RETURNING id)
      INSERT INTO join_requests (link_id, email, password_hash) SELECT id, 'waits@example.com', 'x' FROM link;
      WITH gone AS (DELETE FROM users WHERE email IN ('10@example.com', '17@example.com') RETURNING *)
      INSERT INTO deleted_users (id, number, email, status, metadata, version, created_at, updated_at, deleted_at,
          deleted_by_label, purge_at)
        SELECT id, number, email, status, metadata, version, created_at, updated_at, now() - interval '1 day', 'x', now()
        FROM gone;
      INSERT INTO day_counts (day, what, count)
        SELECT (now() AT TIME ZONE 'UTC')::date - back, what, n FROM (VALUES
          (0, 'session.started', 5), (0, 'signIn.invalidCredentials', 2), (0, 'signIn.rateLimited', 1),
          (0, 'role.updated', 50), (2, 'session.blocked', 4), (29, 'session.started', 7), (30, 'session.started', 9)
        ) AS counts (back, what, n)`);
  });

  test("users are counted by status and by role, with the factor that they have", async () => {
    const { users, expiringInvitations, joinRequests } = await statistics();
    expect(users).toEqual({
      total: 16,
      byStatus: { active: 10, invited: 3, disabled: 3 },
      byRole: [
        {
          slug: "predefined_super_admin",
          name: expect.any(String),
          ...{ active: 1, withSecondFactor: 0, secondFactorRequired: false },
        },
        {
          slug: "staff",
          name: "Staff",
          ...{ active: 9, withSecondFactor: 2, secondFactorRequired: true },
        },
      ],
    });
    expect(expiringInvitations).toBe(1);
    expect(joinRequests).toBe(1);
  });

  test("days say what happened on them, and how many users there were", async () => {
    const { days } = await statistics();
    const today = new Date();
    expect(days.at(-1)?.day).toBe(today.toISOString().slice(0, 10));
    expect(days.at(-1)).toMatchObject({ signIns: 5, refusedSignIns: 3, blocks: 0, users: 16 });
    // One who came three days ago and one who was there long before went yesterday.
    expect(days.at(-2)).toMatchObject({ usersAdded: 0, usersRemoved: 2, users: 16 });
    expect(days.at(-3)).toMatchObject({ blocks: 4, users: 18 });
    expect(days.at(-4)).toMatchObject({ usersAdded: 5, users: 18 });
    expect(days.at(-5)).toMatchObject({ usersAdded: 0, users: 13 });
    expect(days[0]).toMatchObject({ signIns: 7, refusedSignIns: 0, users: 13 });
  });

  test("what takes long is not counted for each who asks, and at once for who would wait", async () => {
    const kept = processWide<{ last: { counts: { tookMs: number }; at: number } | null }>(
      "user-counts",
      () => ({ last: null }),
    );
    const { asOf } = await statistics();
    if (kept.last === null) throw new Error("nothing was kept");
    kept.last.counts.tookMs = 300;
    expect((await statistics()).asOf).toBe(asOf); // 30 seconds long
    kept.last.at -= 31_000;
    expect((await statistics()).asOf).toBe(asOf); // while it is counted anew
    await expect.poll(async () => (await statistics()).asOf).not.toBe(asOf);
    const newer = (await statistics()).asOf;
    kept.last.counts.tookMs = 300;
    kept.last.at -= 11 * 60_000;
    expect((await statistics()).asOf).not.toBe(newer); // too old for anybody
  });
});
