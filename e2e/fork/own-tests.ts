// What a fork that has followed every recipe is asked; fork.test.ts has it run in the copy.
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimed } from "@/e2e/support/claimed";
import { get, post } from "@/e2e/support/http";
import type { Installation } from "@/e2e/support/installation";
import { OWNER } from "@/e2e/support/owner";
import { runInRequest } from "@/lib/platform/request-context";
import { PROVIDERS } from "@/lib/sessions/providers/providers";
import { signIn } from "@/lib/sessions/sign-in";

let installation: Installation;
beforeAll(async () => {
  installation = await claimed();
});
afterAll(() => installation?.stop());

test("the document says the new name and not the old one", async () => {
  const { json } = await get(installation.baseUrl, "/v1/openapi.json");
  expect(json.info.title).toBe("Housekey");
  delete json.components.securitySchemes.session; // a name that is kept
  expect(JSON.stringify(json)).not.toMatch(/latchkey/i);
});

test("the door is gone, and the others are there", async () => {
  const body = { ...OWNER, first_name: "Ada", last_name: "Owner" };
  const { json } = await get(installation.baseUrl, "/v1/openapi.json");
  for (const path of ["/api/auth/initialize", "/api/v1/auth/create-user"]) {
    expect(json.paths[path]).toBeUndefined();
    const answer = await fetch(new URL(path, installation.baseUrl), { method: "POST" });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "NOT_FOUND" });
  }
  const answer = await post(installation.baseUrl, "/v1/auth/setup", body);
  expect(answer.json.code).toBe("ALREADY_SET_UP");
});

test("whoever the directory knows is signed in, and nobody else", async () => {
  const directory = PROVIDERS.find(({ name }) => name === "directory");
  if (!directory) throw new Error("It is not in the list.");
  const request = {
    id: crypto.randomUUID(),
    address: "203.0.113.1",
    directLoopback: false,
    userAgent: null,
  };
  const attempt = (secret: string) =>
    runInRequest(request, () => signIn(directory, { user: "ada", secret }, "browser"));
  expect(await attempt("something else")).not.toMatchObject({ kind: "signedIn" });
  expect(await attempt("of the directory")).toMatchObject({
    kind: "signedIn",
    account: { email: OWNER.email },
  });
});
