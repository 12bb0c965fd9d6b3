import { expect, test } from "vitest";
import type { SessionView } from "@/lib/sessions/list-sessions";
import { alikeSessions } from "./alike-sessions";

const session = (id: string, more: Partial<SessionView> = {}): SessionView => ({
  id,
  userId: "u",
  door: "browser",
  address: "203.0.113.7",
  userAgent: "Chrome",
  createdAt: "2026-01-01T00:00:00Z",
  lastSeenAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-02-01T00:00:00Z",
  current: false,
  ...more,
});

test("what reads the same is one group, in the place of its first", () => {
  const sessions = [
    session("a"),
    session("b", { address: "203.0.113.8" }),
    session("c", { current: true }),
    session("d"),
    session("e", { door: "api" }),
    session("f", { userAgent: "Chrome of the day after" }),
    session("g", { userAgent: null, address: null }),
  ];
  const groups = alikeSessions(sessions, (agent) => agent?.split(" ")[0] ?? "?");
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([
    ["a", "d", "f"],
    ["b"],
    ["c"],
    ["e"],
    ["g"],
  ]);
});
