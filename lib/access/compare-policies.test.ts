import { expect, test } from "vitest";
import { comparePolicies } from "./compare-policies";
import type { Policy } from "./schema";

const EVERYTHING: Policy = { action: "manage", subject: "all" };
const ACTIVE = { status: "active" };
const READ: Policy = { action: "read", subject: "User" };
const nothing = { gained: [], lost: [], remaining: [] };

test.each<[string, Policy[], Policy[], Partial<ReturnType<typeof comparePolicies>>]>([
  ["the same", [READ], [READ], {}],
  ["the same in other words", [{ action: ["read"], subject: ["User"] }], [READ], {}],
  ["from nothing", [], [READ], { gained: [READ] }],
  ["to nothing", [EVERYTHING], [], { lost: [EVERYTHING] }],
  [
    "one action more and one less",
    [{ action: ["read", "delete"], subject: "User" }],
    [{ action: ["read", "create"], subject: "User" }],
    {
      gained: [{ action: "create", subject: "User" }],
      lost: [{ action: "delete", subject: "User" }],
    },
  ],
  [
    "a part of a change more than some parts",
    [{ action: ["resetPassword", "endSessions"], subject: "User" }],
    [{ action: ["resetPassword", "updateEmail"], subject: "User" }],
    {
      gained: [{ action: "updateEmail", subject: "User" }],
      lost: [{ action: "endSessions", subject: "User" }],
    },
  ],
  [
    "every part of a change, of which one was there",
    [{ action: "resetPassword", subject: "User" }],
    [{ action: "update", subject: "User" }],
    {
      gained: [
        {
          action: [
            "updateProfile",
            "updateEmail",
            "updateRole",
            "updateStatus",
            "endSessions",
            "removeFactor",
          ],
          subject: "User",
        },
      ],
    },
  ],
  [
    "to change",
    [READ],
    [READ, { action: "update", subject: "User" }],
    { gained: [{ action: "update", subject: "User" }] },
  ],
  [
    "all users, then some",
    [READ],
    [{ ...READ, conditions: ACTIVE }],
    { lost: [READ], remaining: [{ ...READ, conditions: ACTIVE }] },
  ],
  ["some users, then all", [{ ...READ, conditions: ACTIVE }], [READ], { gained: [READ] }],
  [
    "other users",
    [{ ...READ, conditions: ACTIVE }],
    [{ ...READ, conditions: { status: "invited" } }],
    {
      gained: [{ ...READ, conditions: { status: "invited" } }],
      lost: [{ ...READ, conditions: ACTIVE }],
    },
  ],
  ["of everything, one thing", [EVERYTHING], [READ], { lost: [EVERYTHING], remaining: [READ] }],
  ["everything, of which one thing was there", [READ], [EVERYTHING], { gained: [EVERYTHING] }],
  [
    "reading, and no more managing",
    [{ action: "manage", subject: ["User", "Role"] }],
    [
      { action: "manage", subject: "User" },
      { action: "read", subject: "Role" },
    ],
    { lost: [{ action: ["create", "update", "delete"], subject: "Role" }] },
  ],
  [
    "what can only be read",
    [],
    [{ action: "read", subject: ["AuditEvent", "Installation"] }],
    {
      gained: [
        { action: "read", subject: "AuditEvent" },
        { action: "read", subject: "Installation" },
      ],
    },
  ],
])("%s", (_name, before, after, change) => {
  expect(comparePolicies(before, after)).toEqual({ ...nothing, ...change });
});
