import { expect, test } from "vitest";
import { EVERY_ABILITY, extentOf } from "./every-ability";
import type { Policy } from "./schema";

const extents = (policies: Policy[]) =>
  Object.fromEntries(
    EVERY_ABILITY.map((one) => [`${one.action} ${one.subject}`, extentOf(policies, one)]),
  );

test("each thing that can be allowed stands there once, and none that stands for others", () => {
  const names = Object.keys(extents([]));
  expect(names).toHaveLength(EVERY_ABILITY.length);
  expect(names).toContain("resetPassword User");
  expect(names).toContain("update Role");
  expect(names).toContain("read AuditEvent");
  for (const wide of ["manage User", "update User", "read all", "create AuditEvent"]) {
    expect(names).not.toContain(wide);
  }
  expect(new Set(Object.values(extents([])))).toEqual(new Set(["none"]));
  const everything = extents([{ action: "manage", subject: "all" }]);
  expect(new Set(Object.values(everything))).toEqual(new Set(["all"]));
});

test("of two that allow it, the one without conditions counts", () => {
  const some: Policy = {
    action: ["read", "update"],
    subject: "User",
    conditions: { status: "active" },
  };
  expect(extents([some])).toMatchObject({
    "read User": "some",
    "updateEmail User": "some",
    "create User": "none",
    "read Role": "none",
  });
  expect(extents([some, { action: "read", subject: "all" }])).toMatchObject({
    "read User": "all",
    "updateEmail User": "some",
    "read Role": "all",
  });
});
