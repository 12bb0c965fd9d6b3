import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import type { Actor } from "@/lib/access/actor";
import { query, transaction } from "@/lib/platform/db";
import { ensurePredefinedRoles } from "@/lib/roles/predefined-roles";
import { deleteUser } from "@/lib/users/delete-user";
import { insertUser } from "@/lib/users/insert-user";
import { ADMIN_ROLE } from "@/lib/users/schema";
import { updateUser } from "@/lib/users/update-user";
import type { BulkRequest } from "./bulk-request";
import { bulkTargets } from "./bulk-targets";
import { changeUsers, type UserOutcome } from "./change-users";
import { previewChange } from "./preview-change";

/** Looks like one; nobody signs in here. */
const HASH = "$argon2id$x";
const CLAIMED = `INSERT INTO installation (admin_id, admin_email, door)
  SELECT id, email, 'setup' FROM users ORDER BY number LIMIT 1`;

let database: Database;
let roles: Record<string, string>;

beforeAll(async () => {
  database = await databaseInProcess();
  await transaction(ensurePredefinedRoles);
  await database.sql("INSERT INTO roles (slug, name) VALUES ('guest', 'Guest')");
  const rows = await database.sql("SELECT id, slug FROM roles");
  roles = Object.fromEntries(rows.map(({ slug, id }) => [String(slug), String(id)]));
});
afterAll(() => database.drop());
beforeEach(() => database.sql("DELETE FROM users"));

/** A user, and somebody who acts as them at a confirmed session. */
async function person(email: string, slug: string, passwordHash: string | null = HASH) {
  const roleId = roles[slug] ?? "";
  const { id } = await transaction((tx) =>
    insertUser(tx, { email, name: null, passwordHash, roleId }),
  );
  const policies = slug === ADMIN_ROLE ? [{ action: "manage", subject: "all" } as const] : [];
  const via = { kind: "session", id, confirmedAt: new Date(), asOf: new Date() } as const;
  const actor: Actor = {
    ...{ userId: id, email, name: null, limits: null, factorDuty: null, mustEnrol: false, via },
    role: { slug, name: slug, policies },
  };
  return { id, actor };
}

/** What is stored of a user, and what the trail tells of the last event about them. */
async function traceOf(id: string) {
  const [user] = await database.sql(
    `SELECT status, role_id, disabled_reason, version FROM users WHERE id = '${id}'`,
  );
  const [event] = await database.sql(
    `SELECT action, details FROM audit_events WHERE target_id = '${id}' ORDER BY id DESC LIMIT 1`,
  );
  return { user, event };
}

test.each<[string, BulkRequest, object, { hash?: null; disabled?: boolean }]>([
  ["disabled", { action: "disable", reason: "" }, { status: "disabled" }, {}],
  [
    "disabled for a reason",
    { action: "disable", reason: "gone" },
    { status: "disabled", disabledReason: "gone" },
    {},
  ],
  ["enabled", { action: "enable" }, { status: "active" }, { disabled: true }],
  ["invited again", { action: "enable" }, { status: "active" }, { disabled: true, hash: null }],
  ["of another role", { action: "changeRole", role: "guest" }, { role: "guest" }, {}],
  [
    "what they were",
    { action: "changeRole", role: "predefined_user" },
    { role: "predefined_user" },
    {},
  ],
  ["deleted", { action: "delete" }, {}, {}],
])("one and many become %s alike, and the preview has said so", async (_, request, changes, is) => {
  const { actor } = await person("ada@example.com", ADMIN_ROLE);
  const one = await person("one@example.com", "predefined_user", is.hash === null ? null : HASH);
  const many = await person("many@example.com", "predefined_user", is.hash === null ? null : HASH);
  if (is.disabled) {
    await database.sql(
      `UPDATE users SET status = 'disabled', disabled_reason = 'away' WHERE email <> '${actor.email}'`,
    );
  }

  const done =
    request.action === "delete"
      ? await deleteUser(actor, one.id)
      : await updateUser(actor, one.id, changes);
  expect(["updated", "deleted"]).toContain(done.kind);

  const targets = await query((db) => bulkTargets(db, actor, request));
  if (targets.kind !== "targets") throw new Error(targets.kind);
  const previewed = await previewChange(actor, targets, { ids: [many.id] });
  const outcome = await transaction((tx) => changeUsers(tx, actor, request, [many.id]));
  if (outcome.kind !== "done" || previewed.kind !== "previewed") throw new Error(outcome.kind);
  const kind = outcome.outcomes.get(many.id)?.kind;
  expect({ changed: previewed.preview.changed, unchanged: previewed.preview.unchanged }).toEqual({
    changed: kind === "changed" ? 1 : 0,
    unchanged: kind === "unchanged" ? 1 : 0,
  });
  expect(await traceOf(many.id)).toEqual(await traceOf(one.id));
});

// Last: a claimed installation keeps its administrators, so nothing can be cleared behind it.
test("the last active administrator stays, for one, for many and in the preview", async () => {
  const ada = await person("ada@example.com", ADMIN_ROLE);
  const bob = await person("bob@example.com", ADMIN_ROLE);
  await database.sql(CLAIMED);
  // May do everything by another role, so that both administrators can be meant.
  const { actor } = await person("eve@example.com", "guest");
  const eve = { ...actor, role: ada.actor.role };
  const request = { action: "disable", reason: "" } as const;
  const ids = [ada.id, bob.id];

  const targets = await query((db) => bulkTargets(db, eve, request));
  if (targets.kind !== "targets") throw new Error(targets.kind);
  const previewed = await previewChange(eve, targets, { ids });
  expect(previewed).toMatchObject({
    preview: { changed: 1, rejected: [{ reason: "lastAdmin", count: 1 }] },
  });
  const outcome = await transaction((tx) => changeUsers(tx, eve, request, ids));
  expect(outcome).toEqual({
    kind: "done",
    outcomes: new Map<string, UserOutcome>([
      [ada.id, { kind: "changed" }],
      [bob.id, { kind: "rejected", reason: "lastAdmin" }],
    ]),
  });
  expect(await updateUser(eve, bob.id, { status: "disabled" })).toEqual({ kind: "lastAdmin" });
});
