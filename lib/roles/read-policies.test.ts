import { expect, test, vi } from "vitest";
import { allowsEverything, may, mayGovern } from "@/lib/access/policy";
import type { Policy } from "@/lib/access/schema";
import { readPolicies } from "./read-policies";

const error = vi.hoisted(() => vi.fn());
vi.mock("@/lib/platform/log", () => ({ log: () => ({ error }) }));

const ADMIN: Policy[] = [{ action: "manage", subject: "all" }];
const SUPPORT: Policy[] = [
  { action: ["read", "update"], subject: "User", conditions: { status: "active" } },
];
const actor = (policies: readonly Policy[]) => ({
  role: { slug: "r", name: "R", policies },
  limits: null,
});
const plainUser = { status: "active", role: { slug: "predefined_user" }, metadata: {} };

test.each([[[]], [ADMIN], [SUPPORT]])("what is ours is read as it is stored: %j", (policies) => {
  expect(readPolicies({ slug: "ours", policies })).toEqual(policies);
  expect(JSON.stringify(readPolicies({ slug: "ours", policies }))).toBe(JSON.stringify(policies));
});

test.each([
  ["no list", { action: "manage", subject: "all" }],
  [
    "an exception",
    [
      { action: "manage", subject: "all" },
      { action: "delete", subject: "User", inverted: true },
    ],
  ],
  ["an unknown operator", [{ action: "read", subject: "User", conditions: { $where: "1" } }]],
  ["an unknown subject", [{ action: "read", subject: "Moon" }]],
  ["no policy", [null]],
  ["null", null],
])(
  "stored policies that are not ours allow nothing, and only who may do everything governs them: %s",
  (slug, policies) => {
    error.mockClear();
    const read = readPolicies({ slug, policies });
    expect(read).toBeNull();
    expect(may(actor(read ?? []), "read", "User")).toBe(false);
    expect(may(actor(read ?? []), "read", "User", plainUser)).toBe(false);
    expect(mayGovern(actor(SUPPORT), read)).toBe(false);
    expect(mayGovern(actor(ADMIN), read)).toBe(true);
    expect(allowsEverything(read ?? [])).toBe(false);
    expect(error).toHaveBeenCalledTimes(1);
  },
);

test("a role that cannot be read is told of once, and again when it was mended in between", () => {
  error.mockClear();
  for (const policies of [null, null, [], null]) readPolicies({ slug: "torn", policies });
  expect(error.mock.calls.map(([about]) => about)).toEqual([{ role: "torn" }, { role: "torn" }]);
});
