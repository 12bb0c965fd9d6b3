import { expect, test } from "vitest";
import { safeNext } from "./safe-next";

test.each(["/", "/users", "/users?search=a%20b&cursor=x", "/users#top", "/a//b"])(
  "keeps %j",
  (path) => expect(safeNext(path)).toBe(path),
);

test.each([
  ["/users?search=José", "/users?search=Jos%C3%A9"],
  ["/／evil.example", "/%EF%BC%8Fevil.example"],
  ["/\u{1F511}", "/%F0%9F%94%91"],
  ["/\uD800", "/%EF%BF%BD"],
])("keeps %j as %j", (path, written) => expect(safeNext(path)).toBe(written));

test.each([
  undefined,
  null,
  ["/users"],
  "",
  "users",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/users\\..\\..",
  "/\t/evil.example",
  "/\n/evil.example",
  "\u0000/users",
  " /users",
  "/.//evil.example",
  "/a/..//evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "/users\r\nSet-Cookie: a=b",
  `/${"a".repeat(3_000)}`,
])("refuses %j", (value) => expect(safeNext(value)).toBe("/"));
