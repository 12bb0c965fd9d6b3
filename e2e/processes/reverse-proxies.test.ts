import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendForm } from "../support/form";
import { type Answer, get, post } from "../support/http";
import { freePort, type Installation, startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { findProxy, type ProxyName, type ReverseProxy, startProxy } from "../support/proxies";

const PERSON = { name: "Eve", email: "eve@example.com", password: "SecurePass123" };

/** The three doors that ask for the setup token, and a field without which their body is refused once it fits. */
const DOORS = [
  { path: "/api/auth/bootstrap", body: PERSON, invalid: 400 },
  { path: "/v1/auth/setup", body: { ...PERSON, first_name: "E", last_name: "V" }, invalid: 400 },
  { path: "/api/auth/initialize", body: PERSON, invalid: 422 },
] as const;

/** As many people write it, and nothing more. */
const BARE: { name: ProxyName; configure: (port: number, upstream: string) => string }[] = [
  {
    name: "nginx",
    configure: (port, upstream) => `server {
      listen 127.0.0.1:${port};
      location / { proxy_pass http://${upstream}; }
    }`,
  },
  {
    name: "haproxy",
    configure: (port, upstream) => `
frontend web
  mode http
  bind 127.0.0.1:${port}
  timeout client 30s
  default_backend app
backend app
  mode http
  timeout connect 5s
  timeout server 30s
  server app ${upstream}
`,
  },
];

const GUIDED: { name: ProxyName; heading: string }[] = [
  { name: "nginx", heading: "nginx" },
  { name: "haproxy", heading: "HAProxy" },
  { name: "caddy", heading: "Caddy" },
];

/** What the guide says under the heading of a proxy, with the addresses of this test. */
async function guided(heading: string, port: number, upstream: string): Promise<string> {
  const guide = await readFile("docs/guides/reverse-proxy.md", "utf8");
  const [, block = ""] =
    new RegExp(`## ${heading}\n[^]*?\`\`\`\\w+\n([^]*?)\`\`\``).exec(guide) ?? [];
  const written = block
    .replaceAll("127.0.0.1:3000", upstream)
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("server_name app.example.com;", "")
    .replace("bind :80", `bind 127.0.0.1:${port}`)
    .replace("app.example.com {", `http://127.0.0.1:${port} {`);
  expect(written).toContain(String(port));
  return written;
}

const upstreamOf = ({ baseUrl }: Installation) => `127.0.0.1:${new URL(baseUrl).port}`;

/** The wizard as a browser without a script sends it. */
async function throughWizard(base: string, typed: Record<string, string> = {}): Promise<Answer> {
  const page = await get(base, "/setup");
  expect(page.text).toContain('name="setupToken"');
  return sendForm(base, "/setup", page.text, "email", { ...PERSON, ...typed });
}

async function expectUnclaimed(installation: Installation): Promise<void> {
  expect(await installation.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 0 }]);
}

const installed = <T extends { name: ProxyName }>(proxies: readonly T[]) =>
  proxies.filter(({ name }) => findProxy(name) !== undefined);

const everyDoorOf = (proxies: readonly { name: ProxyName }[]) =>
  proxies.flatMap(({ name }) => DOORS.map((door) => ({ name, ...door })));

describe("a proxy that says nothing of itself", () => {
  let installation: Installation;
  const proxies = new Map<ProxyName, ReverseProxy>();
  beforeAll(async () => {
    installation = await startInstallation({ env: { ALLOW_BOOTSTRAP: "true" } });
    for (const { name, configure } of installed(BARE)) {
      const upstream = upstreamOf(installation);
      proxies.set(name, await startProxy(name, (port) => configure(port, upstream)));
    }
  });
  afterAll(async () => {
    for (const proxy of proxies.values()) await proxy.stop();
    await installation?.stop();
  });
  const at = (name: ProxyName) => proxies.get(name)?.baseUrl ?? "";

  for (const { name, path, body } of everyDoorOf(BARE)) {
    test.skipIf(!findProxy(name))(`${name}: a stranger at ${path} is asked for it`, async () => {
      const answer = await post(at(name), path, body);
      expect(answer.status).toBe(401);
      expect(answer.json.code).toBe("SETUP_TOKEN_REQUIRED");
      // A name of ours in Host is nothing without our port.
      for (const host of ["localhost", "127.0.0.1", new URL(at(name)).host]) {
        const forged = await installation.rawPost(new URL(path, at(name)).href, body, { host });
        expect(forged.json.code).toBe("SETUP_TOKEN_REQUIRED");
      }
      await expectUnclaimed(installation);
    });
  }

  for (const { name } of BARE) {
    test.skipIf(!findProxy(name))(`${name}: so is one at the wizard`, async () => {
      const { status } = await throughWizard(at(name));
      expect([200, 403]).toContain(status); // without the Host the form is of another site
      await expectUnclaimed(installation);
    });
  }

  test.skipIf(installed(BARE).length === 0)(
    "log, preflight and doctor tell the operator to set BASE_URL",
    async () => {
      expect(installation.logs()).toContain("BASE_URL is not set");
      expect((await get(installation.baseUrl, "/setup")).text).toContain(
        "Requests come through a reverse proxy, but BASE_URL is not set.",
      );
      const env = { ...databaseEnv(installation.databaseUrl), DATA_DIR: installation.dataDir };
      expect((await runLatchkey(["doctor"], env)).output).toMatch(/warn +Proxies .*BASE_URL/);
    },
  );
});

describe("behind a proxy as in the guide", () => {
  let installation: Installation;
  let token: string;
  const proxies = new Map<ProxyName, ReverseProxy>();
  beforeAll(async () => {
    const env = {
      ALLOW_BOOTSTRAP: "true",
      BASE_URL: "http://app.example.com",
      TRUSTED_PROXIES: "127.0.0.1",
    };
    installation = await startInstallation({ env });
    token = await installation.setupToken();
    for (const { name, heading } of installed(GUIDED)) {
      const port = await freePort();
      const config = await guided(heading, port, upstreamOf(installation));
      proxies.set(name, await startProxy(name, () => config, port));
    }
  });
  afterAll(async () => {
    for (const proxy of proxies.values()) await proxy.stop();
    await installation?.stop();
  });
  const at = (name: ProxyName) => proxies.get(name)?.baseUrl ?? "";

  for (const { name, path, body, invalid } of everyDoorOf(GUIDED)) {
    test.skipIf(!findProxy(name))(`${name}: ${path} asks for it, and it opens`, async () => {
      expect((await post(at(name), path, body)).json.code).toBe("SETUP_TOKEN_REQUIRED");
      const { host } = new URL(installation.baseUrl);
      await installation.rawPost(new URL(path, at(name)).href, body, { host });
      await expectUnclaimed(installation);
      const key = { "x-setup-token": token };
      const fits = await post(at(name), path, { ...body, email: "no" }, key);
      expect(fits.status).toBe(invalid);
    });
  }

  for (const { name } of GUIDED) {
    test.skipIf(!findProxy(name))(`${name}: the wizard asks for it`, async () => {
      const without = await throughWizard(at(name));
      expect(without.status).toBe(200);
      expect(without.text).toContain('id="setupToken-error"');
      await expectUnclaimed(installation);
    });
  }

  test("straight from this machine it is needed too; the whole link will do", async () => {
    for (const { path, body } of DOORS) {
      expect((await post(installation.baseUrl, path, body)).status).toBe(401);
    }
    const link = `${installation.baseUrl}/setup#token=${token}`;
    const header = { "x-setup-token": link };
    const fits = await post(installation.baseUrl, "/v1/auth/setup", { email: "no" }, header);
    expect(fits.status).toBe(400);
    const claimed = await throughWizard(installation.baseUrl, { setupToken: link });
    expect(claimed.status).toBe(303);
    expect(await installation.sql("SELECT door FROM installation")).toEqual([{ door: "wizard" }]);
  });
});
