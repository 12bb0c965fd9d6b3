import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PRODUCT } from "../../product";
import { claimed } from "../support/claimed";
import { sendForm } from "../support/form";
import { type Answer, call, get } from "../support/http";
import type { Installation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { OWNER } from "../support/owner";

const CONFIGURED = "https://app.example.com";
const KEEP_HOST = "proxy_set_header Host $http_host;";

let installation: Installation;
let base: string;

beforeAll(async () => {
  installation = await claimed({ env: { BASE_URL: CONFIGURED } });
  base = installation.baseUrl;
});
afterAll(() => installation.stop());

/** Sends a form as a browser does that sees `origin`, while the request names `host`. */
const formFrom = (origin: string, host: string, headers: Record<string, string> = {}) =>
  installation.rawPost("/login", "email=ada%40example.com&password=SecurePass123", {
    "content-type": "application/x-www-form-urlencoded",
    origin,
    host,
    ...headers,
  });

/** The page as it is shown, without what its scripts are told. */
const shown = ({ text }: Answer) => text.replace(/<script[\s\S]*?<\/script>/g, "");

describe("a form from an address that is not configured", () => {
  test.each([
    ["over http, where the cookie would be lost", "http://app.example.com", "app.example.com"],
    ["behind a proxy that changes the host", "https://127.0.0.1:4316", "127.0.0.1:4310"],
    ["behind one that changes the host, over http", "http://app.example.com", "127.0.0.1:4310"],
  ])("%s is answered by a page that says so", async (_name, origin, host) => {
    const answer = await formFrom(origin, host);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.headers.getSetCookie()).toEqual([]);
    const page = shown(answer);
    expect(page).toContain(`BASE_URL=${origin}`);
    expect(page).toContain(`href="${CONFIGURED}"`);
    expect(page.includes(KEEP_HOST)).toBe(new URL(origin).host !== host);
    expect(page).not.toContain(`The fault is in ${PRODUCT.name}`);
    expect(page).not.toContain("<form");
  });

  test("in Spanish", async () => {
    const spanish = { "accept-language": "es" };
    const page = shown(await formFrom("http://app.example.com", "app.example.com", spanish));
    expect(page).toContain("Esta no es la dirección");
    expect(page).toContain('lang="es"');
  });

  test("another site is still another site, in a line", async () => {
    for (const headers of [{}, { "sec-fetch-site": "cross-site" }]) {
      const answer = await formFrom("https://evil.example", "app.example.com", headers);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([
        403,
        "text/plain; charset=utf-8",
      ]);
    }
  });

  test("from the configured address it is looked at, whatever host the proxy names", async () => {
    const { text } = await get(base, "/login");
    const headers = { origin: CONFIGURED };
    const typed = { email: OWNER.email, password: OWNER.password };
    expect((await sendForm(base, "/login", text, "password", typed, headers)).status).toBe(303);
  });

  test("a program is told in its own shape", async () => {
    const answer = await installation.rawPost("/v1/auth/login", OWNER, {
      origin: "https://127.0.0.1:4316",
      host: "127.0.0.1:4310",
    });
    expect([answer.status, answer.json.code]).toEqual([403, "CROSS_SITE"]);
    expect(answer.json.message).toContain("BASE_URL");
    expect(answer.json.message).toContain(KEEP_HOST);
  });
});

describe("before anything is typed", () => {
  const login = (headers: Record<string, string>) => open("/login", headers);
  const open = (path: string, headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      import("node:http").then(({ get: ask }) =>
        ask(new URL(path, base), { headers, agent: false }, async (response) => {
          let text = "";
          for await (const chunk of response.setEncoding("utf8")) text += chunk;
          resolve(text.replace(/<script[\s\S]*?<\/script>/g, ""));
        }).once("error", reject),
      );
    });

  test("the page says that this is another address, and what would make it the right one", async () => {
    const page = await login({ host: "intranet:8080" });
    expect(page).toContain("BASE_URL=http://intranet:8080");
    expect(page).not.toContain(KEEP_HOST);
  });

  test("behind a proxy it proposes no address that it cannot see", async () => {
    const page = await login({ host: "127.0.0.1:4310", "x-forwarded-host": "evil.example" });
    expect(page).toContain(KEEP_HOST);
    expect(page).not.toContain("BASE_URL=http://127.0.0.1");
    expect(page).not.toContain("evil.example");
  });

  test("at the configured address it says nothing", async () => {
    const page = await login({ host: "app.example.com", "sec-fetch-mode": "navigate" });
    expect(page).not.toContain("BASE_URL=");
  });

  test("whoever runs the installation is told at home, and what to do", async () => {
    const headers = { origin: CONFIGURED };
    const typed = { email: OWNER.email, password: OWNER.password };
    const { text } = await get(base, "/login");
    const signedIn = await sendForm(base, "/login", text, "password", typed, headers);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const at = (host: string) => open("/", { cookie, host, "sec-fetch-mode": "navigate" });
    const elsewhere = await at("new.example.com");
    expect(elsewhere).toContain("This is not the address that is configured");
    expect(elsewhere).toContain("BASE_URL=https://new.example.com");
    const there = await at("app.example.com");
    expect(there).toContain("Home");
    expect(there).not.toContain("not the address that is configured");
  });

  test("the operator hears of it in the log, once a kind, and from doctor", async () => {
    await login({ host: "intranet:8080", accept: "text/html" });
    await login({ host: "intranet:8081", accept: "text/html" });
    expect(installation.logs().match(/ was visited at/g)?.length).toBeLessThanOrEqual(2);
    const { output } = await runLatchkey(["doctor"], {
      ...databaseEnv(installation.databaseUrl),
      DATA_DIR: installation.dataDir,
      BASE_URL: CONFIGURED,
    });
    expect(output).toMatch(/warn +Address visited +\S+ was visited at .*BASE_URL/);
  });
});

describe("a form of another build", () => {
  const ofAnotherBuild = (html: string) =>
    html.replace(/(&quot;id&quot;:&quot;[0-9a-f]{2})[0-9a-f]{40}/g, `$1${"0".repeat(40)}`);

  test("comes back in the page of this one, with what was typed, and without secrets", async () => {
    const path = "/login?next=%2Fusers%3Fsearch%3Da";
    const { text } = await get(base, path);
    const typed = { email: 'ada"<b>@example.com', password: "a secret of hers" };
    const other = ofAnotherBuild(text);
    expect(other).not.toBe(text);
    const answer = await sendForm(base, path, other, "password", typed, { origin: CONFIGURED });
    expect(answer.status).toBe(409);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.headers.get("x-nextjs-action-not-found")).toBeNull();
    expect(answer.text).not.toContain("a secret of hers");
    const page = shown(answer);
    expect(page).toContain("This page was from before an update.");
    expect(page).toContain('value="ada&quot;&lt;b&gt;@example.com"');
    expect(page).toContain('value="/users?search=a"');

    const again = { email: OWNER.email, password: OWNER.password };
    const sent = await sendForm(base, path, answer.text, "password", again, { origin: CONFIGURED });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/users?search=a"]);
  });

  test("where the page leads elsewhere, the browser goes there and sends nothing again", async () => {
    const { text } = await get(base, "/login");
    const other = ofAnotherBuild(text);
    const headers = { origin: CONFIGURED };
    const answer = await sendForm(base, "/users", other, "password", { email: "a" }, headers);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/login?next=%2Fusers"]);
  });
});

test.each([
  ["/users?search=a%20b&role=x", "/users?search=a+b&role=x"],
  ["/users?search=a&_rsc=1abc", "/users?search=a"],
  ["/audit?action=user.created", "/audit?action=user.created"],
  ["/account", "/account"],
])("signing in leads back to %s", async (asked, next) => {
  const { headers } = await call(base, "GET", asked);
  expect(headers.get("location")).toBe(`/login?next=${encodeURIComponent(next)}`);
});
