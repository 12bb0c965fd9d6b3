import { describe, expect, test } from "vitest";
import { Policies } from "@/lib/access/schema";
import {
  draftsOf,
  emptyCondition,
  emptyPolicy,
  policiesOf,
  withAction,
  withSubjects,
} from "./policy-draft";

describe("there and back", () => {
  test.each([
    [[]],
    [[{ action: "manage", subject: "all" }]],
    [[{ action: ["read", "update"], subject: ["User", "Role"] }]],
    [
      [
        { action: "read", subject: "User", conditions: { status: { $in: ["active", "invited"] } } },
        { action: "read", subject: "AuditEvent" },
      ],
    ],
    [
      [
        {
          action: "read",
          subject: "User",
          conditions: {
            "metadata.n": 3,
            "metadata.on": { $in: [true, false] },
            "metadata.t": " x ",
          },
        },
      ],
    ],
  ])("%j", (policies) => {
    expect(policiesOf(draftsOf(Policies.parse(policies)))).toEqual(policies);
  });

  test("one value in a list becomes the plain value, which means the same", () => {
    const policies = Policies.parse([
      { action: ["read"], subject: ["User"], conditions: { status: { $in: ["active"] } } },
    ]);
    expect(policiesOf(draftsOf(policies))).toEqual([
      { action: "read", subject: "User", conditions: { status: "active" } },
    ]);
  });
});

test("an unfinished policy is no valid one", () => {
  const draft = { ...emptyPolicy(), actions: [] };
  expect(Policies.safeParse(policiesOf([draft])).success).toBe(false);
  const lacking = { ...emptyPolicy(), conditions: [emptyCondition("User", "metadata")] };
  expect(Policies.safeParse(policiesOf([lacking])).success).toBe(false);
  const notANumber = {
    ...emptyCondition("User", "metadata"),
    key: "n",
    kind: "number" as const,
    text: "x",
  };
  const wrong = { ...emptyPolicy(), conditions: [notANumber] };
  expect(Policies.safeParse(policiesOf([wrong])).success).toBe(false);
});

test("e-mail addresses and ids are taken in any case; a key that comes twice has both values", () => {
  const email = {
    ...emptyCondition("User", "email"),
    text: " Ada@Example.com \n\nbob@example.com",
  };
  const north = { ...emptyCondition("User", "metadata"), key: "team", text: "north" };
  const south = { ...emptyCondition("User", "metadata"), key: "team", text: "south" };
  expect(policiesOf([{ ...emptyPolicy(), conditions: [email, north, south] }])).toEqual([
    {
      action: "read",
      subject: "User",
      conditions: {
        email: { $in: ["ada@example.com", "bob@example.com"] },
        "metadata.team": { $in: ["north", "south"] },
      },
    },
  ]);
});

test("conditions wait while the policy is not about users", () => {
  const draft = {
    ...emptyPolicy(),
    conditions: [{ ...emptyCondition("User", "status"), text: "active" }],
  };
  const elsewhere = withSubjects(draft, ["Role"]);
  expect(policiesOf([elsewhere])).toEqual([{ action: "read", subject: "Role" }]);
  expect(policiesOf([withSubjects(elsewhere, ["User"])])).toEqual(policiesOf([draft]));
});

test("actions follow the subject, and everything stands alone", () => {
  const managing = withAction(withAction(emptyPolicy(), "update", true), "manage", true);
  expect(managing.actions).toEqual(["manage"]);
  expect(withAction(managing, "delete", true).actions).toEqual(["delete"]);
  expect(withAction(withAction(emptyPolicy(), "create", true), "read", false).actions).toEqual([
    "create",
  ]);
  expect(withSubjects(managing, ["AuditEvent"]).actions).toEqual(["read"]);
});
