import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { confirmTotp, startTotp } from "./enrol-totp";
import { confirmReplacement, readReplacement, startReplacement } from "./replace-totp";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess({ claimed: true });
});
afterAll(() => database.drop());

const codeOf = (secret: string) =>
  new TOTP({ secret }).generate({ timestamp: databaseNow().getTime() });
/** No code of the app is taken twice, and a test does not wait for the next one. */
const nextCode = () => database.sql("UPDATE totp_factors SET last_step = 0");

/** The owner at a session of minutes ago. */
async function arrive(minutes = 0): Promise<Actor> {
  const [row] = await database.sql("SELECT id, email FROM users");
  const asOf = databaseNow();
  const confirmedAt = new Date(asOf.getTime() - minutes * 60_000);
  return {
    userId: String(row?.["id"]),
    email: String(row?.["email"]),
    name: null,
    role: { slug: "x", name: "X", policies: [] },
    limits: null,
    factorDuty: null,
    mustEnrol: false,
    via: { kind: "session", id: randomUUID(), confirmedAt, asOf },
  };
}

let actor: Actor;
let old: string;
let oldCodes: string[];
beforeEach(async () => {
  await database.sql(
    "DELETE FROM totp_factors; DELETE FROM recovery_codes; DELETE FROM rate_limits",
  );
  actor = await arrive();
  const begun = await startTotp(actor);
  old = begun.kind === "started" ? begun.secret : "";
  const on = await confirmTotp(actor, codeOf(old));
  oldCodes = on.kind === "on" ? (on.recoveryCodes ?? []) : [];
  expect(oldCodes).toHaveLength(10);
  await nextCode();
});

async function begin(proof: string) {
  const begun = await startReplacement(actor, proof);
  if (begun.kind !== "started") throw new Error(begun.kind);
  return begun;
}
const stored = async () => {
  const [row] = await database.sql("SELECT secret FROM totp_factors");
  return row?.["secret"];
};

test.each(["a code of the app", "a recovery code"])("by %s", async (how) => {
  const before = await stored();
  const begun = await begin(how === "a recovery code" ? (oldCodes[0] ?? "") : codeOf(old));
  expect(begun.secret).not.toBe(old);
  expect(readReplacement(actor, begun.ticket)).toEqual({
    secret: begun.secret,
    uri: begun.uri,
    ticket: begun.ticket,
  });
  // The old app counts until the new one has shown a code, also after a wrong one.
  expect(await confirmReplacement(actor, begun.ticket, "000000")).toEqual({ kind: "wrongCode" });
  expect(await stored()).toBe(before);

  const done = await confirmReplacement(actor, begun.ticket, codeOf(begun.secret));
  if (done.kind !== "replaced") throw new Error(done.kind);
  expect(done.recoveryCodes).toHaveLength(10);
  await nextCode();
  expect(await startReplacement(actor, codeOf(old))).toEqual({ kind: "wrong" });
  expect(await startReplacement(actor, oldCodes[1] ?? "")).toEqual({ kind: "wrong" });
  expect((await startReplacement(actor, codeOf(begun.secret))).kind).toBe("started");
  expect((await startReplacement(actor, done.recoveryCodes[0] ?? "")).kind).toBe("started");
  const [event] = await database.sql(
    "SELECT actor_id, target_id FROM audit_events WHERE action = 'factor.replaced' ORDER BY id DESC LIMIT 1",
  );
  expect(event).toEqual({ actor_id: actor.userId, target_id: actor.userId });
});

test("the code with which an app was put in is not taken again", async () => {
  const { ticket, secret } = await begin(codeOf(old));
  const code = codeOf(secret);
  expect((await confirmReplacement(actor, ticket, code)).kind).toBe("replaced");
  expect(await startReplacement(actor, code)).toEqual({ kind: "wrong" });
});

test("a ticket is good once, for its session, beside the app it was made beside", async () => {
  const first = await begin(codeOf(old));
  const second = await begin(oldCodes[0] ?? "");
  const elsewhere = await arrive();
  const code = codeOf(first.secret);
  expect(await confirmReplacement(elsewhere, first.ticket, code)).toEqual({ kind: "restart" });
  expect(readReplacement(elsewhere, first.ticket)).toBeNull();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => confirmReplacement(actor, first.ticket, code)),
  );
  expect(answers.map(({ kind }) => kind).sort()).toEqual(["replaced", ...Array(4).fill("restart")]);
  const later = await confirmReplacement(actor, second.ticket, codeOf(second.secret));
  expect(later).toEqual({ kind: "restart" });
  expect(await confirmReplacement(actor, "nonsense", code)).toEqual({ kind: "restart" });
});

test("nobody without a recent confirmation, a code or an app", async () => {
  const { ticket, secret } = await begin(codeOf(old));
  const stale = await arrive(16);
  expect(await startReplacement(stale, oldCodes[0] ?? "")).toEqual({ kind: "unconfirmed" });
  expect(await confirmReplacement({ ...actor, via: stale.via }, ticket, codeOf(secret))).toEqual({
    kind: "unconfirmed",
  });
  expect(await startReplacement(actor, "000000")).toEqual({ kind: "wrong" });
  expect(await startReplacement(actor, "")).toEqual({ kind: "wrong" });
  await database.sql("DELETE FROM totp_factors");
  expect(await startReplacement(actor, oldCodes[0] ?? "")).toEqual({ kind: "noApp" });
  expect(await confirmReplacement(actor, ticket, codeOf(secret))).toEqual({ kind: "restart" });
});

test("guesses run out", async () => {
  const kinds = [];
  for (let guess = 0; guess < 7; guess++) {
    kinds.push((await startReplacement(actor, "000000")).kind);
  }
  expect(kinds).toContain("rateLimited");
});
