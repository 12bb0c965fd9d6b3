import { expect, test } from "vitest";
import { differences } from "./differences";
import type { Typed } from "./edit-state";
import type { Snapshot } from "./snapshot";

const READ: Snapshot = {
  version: '"1"',
  name: "Bob",
  email: "bob@example.com",
  role: { slug: "user", name: "User" },
  status: "active",
  metadata: '{"a": 1, "b": {"x": 1, "y": 2}, "c": 3}',
};

const between = (now: Partial<Snapshot>, typed: Typed) =>
  differences({ kind: "stale", by: null, read: READ, now: { ...READ, ...now }, typed });

test("a field that both changed has all three; one that was not touched has no third", () => {
  const now = { name: "Robert", email: "" };
  expect(between(now, { name: "Bobby", email: READ.email })).toEqual([
    { field: "name", key: "", before: "Bob", now: "Robert", yours: "Bobby" },
    { field: "email", key: "", before: READ.email, now: null, yours: undefined },
  ]);
});

test("who typed the same as was stored meanwhile overrules nothing", () => {
  expect(between({ name: "Robert" }, { name: "Robert" })[0]?.yours).toBeUndefined();
});

test("role and status are told to every edit", () => {
  const now = { role: { slug: "admin", name: "A" }, status: "disabled" as const };
  expect(between(now, { name: "Bob" })).toEqual([
    { field: "role", key: "", before: "user", now: "admin", yours: undefined },
    { field: "status", key: "", before: "active", now: "disabled", yours: undefined },
  ]);
});

test("metadata is told name by name, whatever the order inside", () => {
  const now = { metadata: '{"d": 4, "b": {"y": 2, "x": 1}, "a": 2}' };
  expect(between(now, { metadata: '{"a": 1, "b": {"x": 1, "y": 2}, "d": 4}' })).toEqual([
    { field: "metadata", key: "a", before: "1", now: "2", yours: "1" },
    { field: "metadata", key: "c", before: "3", now: null, yours: undefined },
    { field: "metadata", key: "d", before: null, now: "4", yours: undefined },
  ]);
  expect(between(now, { name: "Bob" }).map(({ key, yours }) => [key, yours])).toEqual([
    ["a", undefined],
    ["c", undefined],
    ["d", undefined],
  ]);
});
