import { describe, expect, test } from "vitest";
import { explain } from "./explain";
import { may, mayGovern } from "./policy";
import type { Conditions, Policy } from "./schema";

const actor = (policies: Policy[], limits: Policy[] | null = null) => ({
  role: { slug: "r", name: "R", policies },
  limits,
});
const plainUser = { status: "active", role: { slug: "predefined_user" }, metadata: {} };
const SUPPORT: Policy[] = [
  {
    action: ["read", "update"],
    subject: "User",
    conditions: { "role.slug": "predefined_user", status: { $in: ["active", "invited"] } },
  },
];

describe("may", () => {
  test("asks every condition of the one in question", () => {
    expect(may(actor(SUPPORT), "update", "User")).toBe(true);
    expect(may(actor(SUPPORT), "update", "User", plainUser)).toBe(true);
    expect(may(actor(SUPPORT), "delete", "User", plainUser)).toBe(false);
    expect(may(actor(SUPPORT), "update", "User", { ...plainUser, status: "disabled" })).toBe(false);
    expect(may(actor(SUPPORT), "update", "User", { ...plainUser, role: { slug: "x" } })).toBe(
      false,
    );
    expect(may(actor(SUPPORT), "read", "Role")).toBe(false);
  });

  test("a bounded token allows what the role and the token allow", () => {
    const bounded = actor(
      [{ action: "manage", subject: "all" }],
      [{ action: "read", subject: "User" }],
    );
    expect(may(bounded, "read", "User")).toBe(true);
    expect(may(bounded, "update", "User")).toBe(false);
    expect(may(bounded, "read", "AuditEvent")).toBe(false);
  });
});

describe("mayGovern", () => {
  const admin: Policy[] = [{ action: "manage", subject: "all" }];
  const where = (conditions: Conditions): Policy[] => [
    { action: "update", subject: "User", conditions },
  ];
  test.each<[string, Policy[], Policy[], boolean]>([
    ["everything over everything", admin, admin, true],
    ["nothing over nothing", [], [], true],
    ["nothing over something", [], SUPPORT, false],
    ["something over nothing", SUPPORT, [], true],
    ["the same", SUPPORT, SUPPORT, true],
    ["all users over some", [{ action: "manage", subject: "User" }], SUPPORT, true],
    ["some users over all", SUPPORT, [{ action: "read", subject: "User" }], false],
    [
      "the four over manage",
      [{ action: ["create", "read", "update", "delete"], subject: "User" }],
      [{ action: "manage", subject: "User" }],
      false,
    ],
    [
      "each subject over all",
      [{ action: "read", subject: ["User", "Role", "AuditEvent", "Installation"] }],
      [{ action: "read", subject: "all" }],
      false,
    ],
    ["roles over everything", [{ action: "manage", subject: "Role" }], admin, false],
    [
      "more values over fewer",
      where({ status: { $in: ["active", "invited"] } }),
      where({ status: "active" }),
      true,
    ],
    [
      "fewer values over more",
      where({ status: "active" }),
      where({ status: { $in: ["active", "invited"] } }),
      false,
    ],
    [
      "fewer conditions over more",
      where({ status: "active" }),
      where({ status: { $eq: "active" }, "metadata.t": 1 }),
      true,
    ],
    [
      "more conditions over fewer",
      where({ status: "active", "metadata.t": 1 }),
      where({ status: "active" }),
      false,
    ],
    ["another field", where({ "metadata.t": 1 }), where({ "metadata.u": 1 }), false],
    [
      "two rules that fit one each",
      [...where({ status: "active" }), { action: "read", subject: "Role" }],
      [{ action: "read", subject: "Role" }, ...where({ status: "active" })],
      true,
    ],
  ])("%s", (_name, own, wanted, expected) => {
    expect(mayGovern(actor(own), wanted)).toBe(expected);
  });

  test("a bounded token governs no more than its bounds", () => {
    const bounds: Policy[] = [{ action: "manage", subject: "Role" }];
    expect(mayGovern(actor(admin, bounds), [{ action: "read", subject: "Role" }])).toBe(true);
    expect(mayGovern(actor(admin, bounds), [{ action: "read", subject: "User" }])).toBe(false);
  });
});

describe("explain", () => {
  test("names the policy that allows it, one without conditions first", () => {
    const policies: Policy[] = [{ action: "read", subject: "User" }, ...SUPPORT];
    expect(explain(policies, "read", "User")).toEqual({
      allowed: true,
      reason: "allowed",
      index: 0,
    });
    expect(explain(policies, "update", "User")).toEqual({
      allowed: true,
      reason: "allowedForSome",
      index: 1,
    });
    expect(explain(policies, "update", "User", plainUser)).toEqual({
      allowed: true,
      reason: "allowed",
      index: 1,
    });
  });

  test("says what is missing", () => {
    expect(explain(SUPPORT, "delete", "User")).toEqual({ allowed: false, reason: "noPolicy" });
    expect(explain(SUPPORT, "read", "User", { ...plainUser, status: "disabled" })).toEqual({
      allowed: false,
      reason: "conditionsNotMet",
      unmet: [{ index: 0, fields: ["status"] }],
    });
  });

  test("agrees with may on every pair", () => {
    const policies: Policy[] = [...SUPPORT, { action: "read", subject: ["Role", "AuditEvent"] }];
    const actions = ["manage", "create", "read", "update", "delete"] as const;
    const subjects = ["all", "User", "Role", "AuditEvent", "Installation"] as const;
    for (const action of actions) {
      for (const subject of subjects) {
        for (const resource of [undefined, plainUser, { ...plainUser, status: "disabled" }]) {
          expect(explain(policies, action, subject, resource).allowed).toBe(
            may(actor(policies), action, subject, resource),
          );
        }
      }
    }
  });
});
