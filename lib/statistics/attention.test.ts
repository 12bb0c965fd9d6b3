import { expect, test } from "vitest";
import { ADMIN_ROLE } from "@/lib/users/schema";
import { attention, besideSteps, type InstallationFacts, nextSteps } from "./attention";
import type { Statistics } from "./statistics-view";

const day = (blocks: number) => ({
  day: "2026-11-29",
  ...{ signIns: 0, refusedSignIns: 0, usersAdded: 0, usersRemoved: 0, users: 2, blocks },
});

/** Two protected administrators and nothing else. */
function statistics({
  active = 2,
  withSecondFactor = 2,
  blocks = [],
  expiringInvitations = 0,
  joinRequests = 0,
}: {
  active?: number;
  withSecondFactor?: number;
  /** By day, the newest last. */
  blocks?: number[];
  expiringInvitations?: number;
  joinRequests?: number;
} = {}): Statistics {
  const role = { slug: ADMIN_ROLE, name: "Administrator", secondFactorRequired: false };
  return {
    asOf: "2026-11-29T00:00:00.000Z",
    users: {
      total: active,
      byStatus: { active, invited: 0, disabled: 0 },
      byRole: [{ ...role, active, withSecondFactor }],
    },
    expiringInvitations,
    joinRequests,
    days: blocks.map(day),
  };
}
const FINE: InstallationFacts = {
  https: true,
  isLoopback: false,
  ignoredVariables: [],
  address: null,
};
const ELSEWHERE = { visited: "https://new.example.com", configured: "https://old.example.com" };
const WEEK = [0, 0, 0, 0, 0, 0, 0];

test.each<[string, Parameters<typeof statistics>[0], Partial<InstallationFacts> | null, unknown]>([
  ["all is well", {}, {}, []],
  ["plain http", {}, { https: false }, [{ kind: "plainHttp" }]],
  ["plain http on the machine itself", {}, { https: false, isLoopback: true }, []],
  ["plain http, which this reader may not know", {}, null, []],
  [
    "another address than the configured one",
    {},
    { address: ELSEWHERE },
    [{ kind: "address", ...ELSEWHERE }],
  ],
  ["a block today", { blocks: [...WEEK, 1] }, {}, [{ kind: "blocks", count: 1 }]],
  ["a block eight days ago", { blocks: [1, ...WEEK] }, {}, []],
  [
    "one administrator, protected",
    { active: 1, withSecondFactor: 1 },
    {},
    [{ kind: "oneAdministrator" }],
  ],
  [
    "one of three unprotected",
    { active: 3 },
    {},
    [{ kind: "administratorsWithoutFactor", count: 1, of: 3 }],
  ],
  [
    "a variable left behind",
    {},
    { ignoredVariables: ["FIRST_ADMIN_PASSWORD"] },
    [{ kind: "ignoredVariables", names: ["FIRST_ADMIN_PASSWORD"] }],
  ],
  [
    "invitations that run out",
    { expiringInvitations: 4 },
    {},
    [{ kind: "invitationsExpiring", count: 4 }],
  ],
  [
    "somebody who waits to be let in",
    { joinRequests: 2 },
    {},
    [{ kind: "joinRequests", count: 2 }],
  ],
])("%s", (_, figures, facts, found) => {
  expect(attention(statistics(figures), facts && { ...FINE, ...facts })).toEqual(found);
});

test("the gravest comes first, and beside the steps only what is none of them", () => {
  const figures = { active: 1, withSecondFactor: 0, blocks: [2], expiringInvitations: 1 };
  const facts = { ...FINE, https: false, ignoredVariables: ["X"] };
  const found = attention(statistics(figures), facts);
  expect(found.map(({ kind }) => kind)).toEqual([
    ...["plainHttp", "blocks", "oneAdministrator", "administratorsWithoutFactor"],
    ...["ignoredVariables", "invitationsExpiring"],
  ]);
  expect(besideSteps(found).map(({ kind }) => kind)).toEqual([
    ...["blocks", "ignoredVariables", "invitationsExpiring"],
  ]);
  expect(nextSteps(statistics(figures), facts)).toEqual([
    { kind: "protect", done: false },
    { kind: "second", done: false },
    { kind: "backup", done: null },
    { kind: "https", done: false },
  ]);
  expect(nextSteps(statistics(), FINE).map(({ done }) => done)).toEqual([true, true, null, true]);
});
