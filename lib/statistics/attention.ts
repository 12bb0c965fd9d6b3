import { ADMIN_ROLE } from "@/lib/users/schema";
import type { Statistics } from "./statistics-view";

/** Something that somebody who runs the installation should do something about. */
export type Attention =
  | { kind: "plainHttp" }
  /** The page was opened at another address than the configured one. */
  | { kind: "address"; visited: string; configured: string }
  /** Sign-ins that were blocked in the last seven days. */
  | { kind: "blocks"; count: number }
  | { kind: "oneAdministrator" }
  | { kind: "administratorsWithoutFactor"; count: number; of: number }
  | { kind: "ignoredVariables"; names: readonly string[] }
  | { kind: "joinRequests"; count: number }
  | { kind: "invitationsExpiring"; count: number };

/** What the process knows of itself, for who may read that. */
export type InstallationFacts = {
  https: boolean;
  /** Nobody else's network lies between: no https is no matter then. */
  isLoopback: boolean;
  ignoredVariables: readonly string[];
  /** Origins; null where they are the same, as far as can be seen. */
  address: { visited: string; configured: string } | null;
};

const BLOCK_DAYS = 7;

/** Active administrators, and how many of them have a second factor. */
export function administrators({ users }: Statistics): { active: number; withFactor: number } {
  const role = users.byRole.find(({ slug }) => slug === ADMIN_ROLE);
  return { active: role?.active ?? 0, withFactor: role?.withSecondFactor ?? 0 };
}

/** What there is to do, the gravest first. @param facts null for who may not read them */
export function attention(statistics: Statistics, facts: InstallationFacts | null): Attention[] {
  const found: Attention[] = [];
  if (facts && !facts.https && !facts.isLoopback) found.push({ kind: "plainHttp" });
  if (facts?.address) found.push({ kind: "address", ...facts.address });
  const blocks = statistics.days.slice(-BLOCK_DAYS).reduce((sum, day) => sum + day.blocks, 0);
  if (blocks > 0) found.push({ kind: "blocks", count: blocks });
  const { active, withFactor } = administrators(statistics);
  if (active === 1) found.push({ kind: "oneAdministrator" });
  if (withFactor < active) {
    found.push({ kind: "administratorsWithoutFactor", count: active - withFactor, of: active });
  }
  if (facts && facts.ignoredVariables.length > 0) {
    found.push({ kind: "ignoredVariables", names: facts.ignoredVariables });
  }
  const { joinRequests, expiringInvitations } = statistics;
  if (joinRequests > 0) found.push({ kind: "joinRequests", count: joinRequests });
  if (expiringInvitations > 0) {
    found.push({ kind: "invitationsExpiring", count: expiringInvitations });
  }
  return found;
}

/** What to do next after a claim; `done` is null for what nobody but the operator can know. */
export type NextStep = {
  kind: "second" | "protect" | "backup" | "https";
  done: boolean | null;
};

export function nextSteps(statistics: Statistics, facts: InstallationFacts): NextStep[] {
  const { active, withFactor } = administrators(statistics);
  return [
    { kind: "protect", done: withFactor === active },
    { kind: "second", done: active > 1 },
    { kind: "backup", done: null },
    { kind: "https", done: facts.https },
  ];
}

/** What else there is to do beside the steps. */
export function besideSteps(found: readonly Attention[]): Attention[] {
  const told = ["plainHttp", "oneAdministrator", "administratorsWithoutFactor"];
  return found.filter(({ kind }) => !told.includes(kind));
}
