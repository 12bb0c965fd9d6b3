import { describe, expect, test } from "vitest";
import { API_FAMILIES, apiFamily } from "@/lib/platform/http/api-family";
import { config } from "@/proxy";
import { judgePath } from "./judge-path";

describe("a path", () => {
  test.each([
    ["/", null],
    ["/setup", null],
    ["/setup?a=//b/../c", null],
    ["/users/0f7b9c1e-0000-4000-8000-000000000000", null],
    ["/.well-known/change-password", null],
    ["/_next/static/chunks/%5Broot%5D__a~b._.js", null],
    ["/caf%C3%A9", null],
    ["/v1", "v1"],
    ["/v1/users?x=1", "v1"],
    ["/v1/jobs/1/items.csv", "v1"],
    ["/api/auth/login", "api"],
    ["/auth/admin/signup", "auth"],
    ["/health/live", "health"],
    ["/v1x/users", null],
    ["/constructor", null],
  ])("%s is what it says, of family %s", (target, family) => {
    const path = target.split("?")[0];
    expect(judgePath(target)).toEqual({ kind: "plain", path, family });
  });

  test.each([
    ["//v1/auth/setup", "/v1/auth/setup", "v1"],
    ["/v1//auth///setup?a=1", "/v1/auth/setup?a=1", "v1"],
    ["/v1/auth/setup/", "/v1/auth/setup", "v1"],
    ["/v1/", "/v1", "v1"],
    ["/%761/auth/setup", "/v1/auth/setup", "v1"],
    ["/v1/%61uth/setup", "/v1/auth/setup", "v1"],
    ["//evil.example/x", "/evil.example/x", null],
    ["///", "/", null],
    ["/login/?next=%2F", "/login?next=%2F", null],
    ["/a%2Db%5F%7E%2e", "/a-b_~.", null],
  ])("%s is led to %s", (target, to, family) => {
    expect(judgePath(target)).toEqual({ kind: "moved", to, family });
  });

  test.each([
    ["/v1/../setup", 404, "v1"],
    ["/v1/./auth/setup", 404, "v1"],
    ["/v1/%2e%2e/setup", 404, "v1"],
    ["/v1/.%2E/setup", 404, "v1"],
    ["/v1/..%2fsetup", 404, "v1"],
    ["/v1/%2e%2e%5csetup", 404, "v1"],
    ["/v1/%252e%252e/setup", 404, "v1"],
    ["/v1/..;/setup", 404, "v1"],
    ["/v1;x=1/auth/setup", 404, "v1"],
    ["/v1/auth/setup;x=1", 404, "v1"],
    ["/v1\\..\\setup", 404, "v1"],
    ["/\\v1/setup", 404, "v1"],
    ["/setup/../v1/auth/setup", 404, "v1"],
    ["/./api/auth/login", 404, "api"],
    ["/%2e/auth/admin/signup", 404, "auth"],
    ["/v1/auth/setup%00", 404, "v1"],
    ["/v1/users/%0d%0aX:1", 404, "v1"],
    ["/V1/auth/setup", 404, "v1"],
    ["/Api/auth/login", 404, "api"],
    ["/AUTH/admin/signup", 404, "auth"],
    ["/%56%31/auth/setup", 404, "v1"],
    ["//V1//auth/setup/", 404, "v1"],
    ["/users/../login", 404, null],
    ["/users%2flogin", 404, null],
    ["/..", 404, null],
    ["/v1/users#/setup", 400, "v1"],
    ["/setup?x#y", 400, null],
    ["/v1/%ff", 400, "v1"],
    ["/v1/%", 400, "v1"],
    ["/v1/\u00e9", 400, "v1"],
    ["http://localhost:3000/v1/users", 400, "v1"],
    ["http://evil.example/", 400, null],
    ["*", 400, null],
    ["", 400, null],
  ])("%j is refused with %i, in the words of %s", (target, status, family) => {
    expect(judgePath(target)).toMatchObject({ kind: "refused", status, family });
  });
});

test("proxy.ts leads away from no API, and from every page", () => {
  const [pattern = ""] = config.matcher;
  const matched = new RegExp(`^${pattern}$`);
  for (const family of Object.keys(API_FAMILIES)) {
    for (const path of [`/${family}`, `/${family}/x`, `/${family}/a/b.json`]) {
      expect(apiFamily(path)).toBe(family);
      expect(matched.test(path), path).toBe(false);
    }
    expect(matched.test(`/${family}x`)).toBe(true);
  }
  for (const path of ["/", "/setup", "/users/1", "/join"]) expect(matched.test(path)).toBe(true);
});
