import { expect, test } from "vitest";
import { PAGES, ROUTES, type Who } from "@/e2e/access/matrix";
import type { Actor } from "@/lib/access/actor";
import type { Policy } from "@/lib/access/schema";
import { commandsFor } from "./commands";

const POLICIES = {
  user: [],
  auditor: [{ action: "read", subject: "AuditEvent" }],
  admin: [{ action: "manage", subject: "all" }],
} satisfies Partial<Record<Who, Policy[]>>;

const offered = (who: keyof typeof POLICIES) =>
  commandsFor({
    role: { slug: who, name: who, policies: POLICIES[who] },
    limits: null,
  } as unknown as Actor).map(({ path }) => path);

/** What is heard at each address, as e2e/access tries it. */
const HEARD = new Map(
  [...PAGES, ...ROUTES].map(({ at, hears }) => [at.replace(/^GET |\?.*/g, ""), hears]),
);

test.each(["user", "auditor", "admin"] as const)("%s is offered what opens", (who) => {
  for (const path of offered(who)) expect(HEARD.get(path)?.[who], path).toBe(200);
});

/** Doors, what one is led to, and where there is nothing to look for. */
const NOT_FOUND = [
  "/login",
  "/setup",
  "/setup/done",
  "/join",
  "/forgotten",
  "/account/confirm",
  "/welcome",
];

test("an administrator finds every page with an address of its own", () => {
  const pages = PAGES.filter(({ hears }) => hears.admin === 200)
    .map(({ at }) => at.replace("GET ", ""))
    .filter((path) => !path.includes("{") && !NOT_FOUND.includes(path));
  expect(new Set(offered("admin"))).toEqual(
    new Set([...pages, "/v1/users/export", "/v1/auth/me/export"]),
  );
});
