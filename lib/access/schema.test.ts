import { expect, test } from "vitest";
import { Policies, unmetBy } from "./schema";

/** Every issue as `path: rule`. */
function issues(value: unknown): string[] {
  const parsed = Policies.safeParse(value);
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}
const about = (conditions: unknown) => issues([{ action: "read", subject: "User", conditions }]);
const json = (text: string): unknown => JSON.parse(text);
const ID = "3f2b8c1e-0f6a-4a55-9a57-0d7f4a5f9b11";

test.each([
  [[]],
  [[{ action: "manage", subject: "all" }]],
  [[{ action: ["read", "update"], subject: ["User", "Role"] }]],
  [[{ action: "read", subject: ["AuditEvent", "Installation", "all"] }]],
  [[{ action: "read", subject: ["User"], conditions: { status: "active" } }]],
  [[{ action: "read", subject: "User", conditions: { "role.slug": { $in: ["a", "b_c-1"] } } }]],
  [[{ action: "delete", subject: "User", conditions: { email: { $eq: "ada@example.com" } } }]],
  [[{ action: "read", subject: "User", conditions: { id: ID, "metadata.team": "north" } }]],
  [[{ action: "read", subject: "User", conditions: { "metadata.level": { $in: [1, 2.5] } } }]],
])("%j is fine", (policies) => {
  expect(Policies.parse(policies)).toEqual(policies);
});

test.each<[unknown, string]>([
  [undefined, ": policyInvalid"],
  [{}, ": policyInvalid"],
  [[null], "0: policyInvalid"],
  [[{ subject: "User" }], "0.action: actionMissing"],
  [[{ action: [], subject: "User" }], "0.action: actionMissing"],
  [[{ action: "fly", subject: "User" }], "0.action: actionUnknown"],
  [[{ action: ["read", "fly"], subject: "User" }], "0.action: actionUnknown"],
  [[{ action: { $ne: 1 }, subject: "User" }], "0.action: actionUnknown"],
  [[{ action: "read" }], "0.subject: subjectMissing"],
  [[{ action: "read", subject: "Session" }], "0.subject: subjectUnknown"],
  [[{ action: "update", subject: "AuditEvent" }], "0.action: actionNotForSubject"],
  [[{ action: "manage", subject: ["User", "Installation"] }], "0.action: actionNotForSubject"],
  [[{ action: "delete", subject: "Installation" }], "0.action: actionNotForSubject"],
  [[{ action: "read", subject: "User", inverted: true }], "0: keyUnknown"],
  [[{ action: "read", subject: "User", fields: ["email"] }], "0: keyUnknown"],
  [json('[{"action":"read","subject":"User","__proto__":{"conditions":{}}}]'), "0: keyUnknown"],
  [
    [{ action: "read", subject: "Role", conditions: { status: "active" } }],
    "0.conditions: conditionsNotForSubject",
  ],
  [
    [{ action: "read", subject: ["User", "Role"], conditions: { status: "active" } }],
    "0.conditions: conditionsNotForSubject",
  ],
  [Array.from({ length: 51 }, () => ({ action: "read", subject: "User" })), ": tooManyPolicies"],
])("%j: %s", (policies, issue) => {
  expect(issues(policies)).toEqual([issue]);
});

test.each<[unknown, string]>([
  [{}, ": conditionsEmpty"],
  [null, ": policyInvalid"],
  [[], ": policyInvalid"],
  ["status", ": policyInvalid"],
  [{ passwordHash: "x" }, ".passwordHash: fieldUnknown"],
  [{ "role.policies": "x" }, ".role.policies: fieldUnknown"],
  [{ metadata: "x" }, ".metadata: fieldUnknown"],
  [{ "metadata.a.b": "x" }, ".metadata.a.b: fieldUnknown"],
  [{ "metadata.__proto__": "x" }, ".metadata.__proto__: fieldUnknown"],
  [{ "metadata.constructor": "x" }, ".metadata.constructor: fieldUnknown"],
  [{ constructor: "x" }, ".constructor: fieldUnknown"],
  [json('{"__proto__":{"status":"active"}}'), ".__proto__: fieldUnknown"],
  [json('{"__proto__":"x","status":"active"}'), ".__proto__: fieldUnknown"],
  [{ $where: "sleep(1000)" }, ".$where: fieldUnknown"],
  [{ $or: [{ status: "active" }] }, ".$or: operatorUnknown"],
  [{ status: { $ne: "active" } }, ".status: operatorUnknown"],
  [{ email: { $regex: "^(a+)+$" } }, ".email: operatorUnknown"],
  [{ email: { $eq: "a@b.co", $regex: "a" } }, ".email: operatorUnknown"],
  [{ status: ["active"] }, ".status: operatorUnknown"],
  [{ status: {} }, ".status: valueInvalid"],
  [{ status: { $in: "active" } }, ".status: valueInvalid"],
  [{ status: { $in: [] } }, ".status: valueMissing"],
  [{ status: { $in: ["active", { $ne: 1 }] } }, ".status: valueInvalid"],
  [
    { "metadata.n": { $in: Array.from({ length: 101 }, (_, i) => i) } },
    ".metadata.n: tooManyValues",
  ],
  [{ status: null }, ".status: valueInvalid"],
  [{ status: "" }, ".status: valueInvalid"],
  [{ status: "Active" }, ".status: statusUnknown"],
  [{ "role.slug": "No Slug" }, ".role.slug: slugInvalid"],
  [{ id: "1" }, ".id: idInvalid"],
  [{ id: ID.toUpperCase() }, ".id: idInvalid"],
  [{ email: "Ada@example.com" }, ".email: emailInvalid"],
  [{ email: "ada@müller.example" }, ".email: emailInvalid"],
  [{ "metadata.a": "a\u0000b" }, ".metadata.a: valueInvalid"],
  [{ "metadata.a": "\uD800" }, ".metadata.a: valueInvalid"],
  [{ "metadata.a": "x".repeat(256) }, ".metadata.a: valueInvalid"],
  [{ "metadata.a": Number.NaN }, ".metadata.a: valueInvalid"],
  [{ "metadata.a": { $in: [1, "1"] } }, ".metadata.a: valuesOfTwoKinds"],
  [
    Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`metadata.k${i}`, i])),
    ": tooManyConditions",
  ],
])("conditions %j: %s", (conditions, issue) => {
  const [path, rule] = issue.split(": ");
  expect(about(conditions)).toEqual([`0.conditions${path}: ${rule}`]);
});

test("16 KiB at most", () => {
  const wide = (values: number) => ({
    action: "read",
    subject: "User",
    conditions: {
      "metadata.text": { $in: Array.from({ length: values }, (_, i) => `${i}`.padEnd(255, "é")) },
    },
  });
  expect(issues([wide(30)])).toEqual([]);
  expect(issues([wide(40)])).toEqual([": policiesTooLarge"]);
});

test("what is nested beyond reason is refused, not walked", () => {
  const deep = json(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  expect(issues(deep)).toEqual(["0: policyInvalid"]);
  expect(issues([{ action: deep, subject: "User" }])).toEqual(["0.action: actionUnknown"]);
  expect(about({ status: { $in: deep } })).toEqual(["0.conditions.status: valueInvalid"]);
});

test("a value is the very value: no type is turned into another, no inherited key counts", () => {
  const user = { status: "active", role: { slug: "a" }, metadata: { n: 1, list: ["x"], on: true } };
  expect(unmetBy({ status: "active", "role.slug": { $in: ["a", "b"] } }, user)).toEqual([]);
  expect(unmetBy({ "metadata.n": 1, "metadata.on": { $eq: true } }, user)).toEqual([]);
  expect(
    unmetBy(
      { "metadata.n": "1", "metadata.list": "x", "metadata.toString": "x", email: "a@b.co" },
      user,
    ),
  ).toEqual(["metadata.n", "metadata.list", "metadata.toString", "email"]);
});
