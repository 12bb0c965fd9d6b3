import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { openApiDocument } from "@/app/v1/openapi.json/document";
import { pathsOf } from "../access/there-is";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { describedMethods, describedPaths, validateAnswer } from "../support/openapi";
import { OPENAPI_SCHEMA } from "../support/openapi-schema";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const document = openApiDocument();

/** Every object and array inside, with the place it is at. */
function* walk(value: unknown, place = "#"): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  yield [place, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) {
    yield* walk(inner, `${place}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

const operations = Object.entries(document.paths ?? {}).flatMap(([template, item]) =>
  Object.entries(item as Record<string, Record<string, unknown>>).map(
    ([method, operation]) => ({ template, method, operation }) as const,
  ),
);

describe("the document", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);

  test("is OpenAPI 3.1, with JSON Schema 2020-12 inside", () => {
    const validate = ajv.compile(OPENAPI_SCHEMA);
    expect(validate(document), ajv.errorsText(validate.errors)).toBe(true);
    for (const wrong of [
      { ...document, openapi: "3.0.3" },
      { ...document, paths: { "no-slash": {} } },
      { ...document, paths: { "/x": { fetch: {} } } },
      { ...document, paths: { "/x": { get: { responses: { 200: {} } } } } },
      { ...document, components: { schemas: { X: { type: "text" } } } },
    ]) {
      expect(validate(wrong)).toBe(false);
    }
  });

  test("refers to nothing that is not there, and has nothing that nobody refers to", () => {
    const places = new Set([...walk(document)].map(([place]) => place));
    const used = new Set<string>();
    for (const [place, { $ref }] of walk(document)) {
      if (typeof $ref !== "string") continue;
      expect(places, `${place}: ${$ref}`).toContain($ref);
      used.add($ref);
    }
    for (const kind of ["schemas", "headers"] as const) {
      for (const name of Object.keys(document.components?.[kind] ?? {})) {
        expect(used).toContain(`#/components/${kind}/${name}`);
      }
    }
  });

  test("names each operation once, knows its tags, its parameters and what authenticates", () => {
    const ids = operations.map(({ operation }) => operation["operationId"]);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags?.map((tag) => tag.name);
    const schemes = Object.keys(document.components?.securitySchemes ?? {});
    for (const { template, method, operation } of operations) {
      const at = `${method} ${template}`;
      expect(operation["summary"], at).toMatch(/\S/);
      for (const tag of operation["tags"] as string[]) expect(tags, at).toContain(tag);
      for (const scheme of (operation["security"] as object[]).flatMap(Object.keys)) {
        expect(schemes, at).toContain(scheme);
      }
      const parameters = (operation["parameters"] ?? []) as { in: string; name: string }[];
      const inPath = parameters.filter((one) => one.in === "path").map((one) => one.name);
      expect(inPath, at).toEqual([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  test("has examples that its schemas allow", () => {
    const judge = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    addFormats(judge);
    judge.addSchema(document, "openapi");
    let judged = 0;
    for (const [place, media] of walk(document)) {
      if (!("example" in media && "schema" in media)) continue;
      const validate = judge.getSchema(`openapi${encodeURI(`${place}/schema`)}`);
      expect(validate?.(media["example"]), `${place}: ${judge.errorsText(validate?.errors)}`).toBe(
        true,
      );
      judged += 1;
    }
    expect(judged).toBeGreaterThan(10);
  });
});

describe("the document and the product", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;
  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
  });

  test("the product serves this very document, to everybody", async () => {
    const served = await get(base, "/v1/openapi.json");
    expect(served.json).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test("every route with every method is described, and nothing else", async () => {
    const routes = pathsOf("route.ts")
      .map((route) => route.path)
      .filter((route) => !route.startsWith("/docs/")); // a page, and what it loads
    expect(routes.sort()).toEqual([...describedPaths].sort());

    for (const route of routes) {
      const address = route.replaceAll(/\{\w+\}/g, "x");
      // A route answers a method that it does not have with those it has.
      const answer = await fetch(base + address, { method: "OPTIONS" });
      expect(answer.status, route).toBe(405);
      const allowed = answer.headers.get("allow")?.split(", ") ?? [];
      if (route.startsWith("/.well-known/")) {
        // Not one of ours: the HTTP server answers for the pages, and the framework for the methods.
        const source = readFileSync(path.join("app", route, "route.ts"), "utf8");
        const exported = [...source.matchAll(/^export (?:async )?function ([A-Z]+)/gm)];
        expect([...exported.map(([, method]) => method), "HEAD"]).toEqual(describedMethods(route));
      } else {
        expect(allowed.sort(), route).toEqual(describedMethods(route).sort());
      }
    }
  });

  test("HEAD answers as GET does, without the body", async () => {
    for (const route of ["/v1/openapi.json", "/v1/users", "/v1/auth/status", "/health/ready"]) {
      const [whole, head] = [
        await get(base, route, asAdmin),
        await call(base, "HEAD", route, { headers: asAdmin }),
      ];
      expect(head.status, route).toBe(200);
      expect(head.text, route).toBe("");
      for (const name of ["link", "content-type", "cache-control"]) {
        expect(head.headers.get(name), route).toBe(whole.headers.get(name));
      }
    }
  });

  test("lists link to their pages, and the links work", async () => {
    for (let i = 0; i < 4; i++) {
      await post(base, "/v1/users", { email: `page-${i}@example.com` }, asAdmin);
    }
    for (const list of ["/v1/users?limit=2&sort=email&search=example", "/v1/audit?limit=2"]) {
      const all = (await get(base, list.replace("limit=2", "limit=100"), asAdmin)).json.data;
      const seen: { id: unknown }[] = [];
      for (let next: string | undefined = list; next !== undefined; ) {
        const answer = await get(base, next, asAdmin);
        seen.push(...answer.json.data);
        const link = answer.headers.get("link") ?? "";
        expect(link).toContain(`<${list}>; rel="first"`);
        next = /<([^>]*)>; rel="next"/.exec(link)?.[1];
        expect(next === undefined).toBe(answer.json.nextCursor === null);
      }
      const ids = (rows: { id: unknown }[]) => rows.map(({ id }) => id); // an event is sealed meanwhile
      expect(ids(seen)).toEqual(ids(all));
      expect(seen.length).toBeGreaterThan(4);
    }
  });

  test("an answer that differs from the document is noticed", async () => {
    const answer = await get(base, "/v1/users", asAdmin);
    const judge = (changed: Partial<typeof answer>, method = "GET", route = "/v1/users") =>
      validateAnswer(method, route, { ...answer, ...changed });
    expect(() => judge({})).not.toThrow();

    const [user] = answer.json.data;
    const { email: _, ...nameless } = user;
    const withUser = (other: unknown) => ({ json: { ...answer.json, data: [other] } });
    const without = (name: string) => {
      const headers = new Headers(answer.headers);
      headers.delete(name);
      return { headers };
    };
    const withHeader = (name: string, value: string) => {
      const headers = new Headers(answer.headers);
      headers.set(name, value);
      return { headers };
    };
    expect(() => judge(withUser(nameless))).toThrow("required property 'email'");
    expect(() => judge(withUser({ ...user, passwordHash: "x" }))).toThrow("additional properties");
    expect(() => judge(withUser({ ...user, status: "ACTIVE" }))).toThrow("allowed values");
    expect(() => judge(withUser({ ...user, createdAt: "yesterday" }))).toThrow("date-time");
    expect(() => judge({ status: 418 })).toThrow("418 is not described");
    expect(() => judge(without("link"))).toThrow("has no Link");
    expect(() => judge(without("x-request-id"))).toThrow("has no X-Request-Id");
    expect(() => judge(withHeader("link", "</v1/users>"))).toThrow("must match pattern");
    expect(() => judge(withHeader("content-type", "text/html"))).toThrow("is text/html");
    expect(() => judge({}, "PUT")).toThrow("not described");
    expect(() => judge({ status: 204 }, "DELETE", "/v1/users/x")).toThrow("has a body");

    const refused = await get(base, "/v1/users");
    const unknown = { ...refused, json: { ...refused.json, code: "NO_SUCH_CODE" } };
    expect(() => validateAnswer("GET", "/v1/users", unknown)).toThrow("allowed values");
  });
});
