import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { isUniqueViolation, type Tx, transaction } from "@/lib/platform/db";
import { clientKey } from "@/lib/platform/http/client-key";
import { countUse, type Limit } from "@/lib/platform/limits/rate-limit";
import { lockRows } from "@/lib/platform/lock-rows";
import type { Locale } from "@/lib/platform/messages";
import { getRequestContext } from "@/lib/platform/request-context";
import { hashPassword } from "@/lib/platform/secrets/password";
import { grantSession } from "@/lib/sessions/open-session";
import { insertUser } from "@/lib/users/insert-user";
import { judgePassword } from "@/lib/users/judge-password";
import { Email, type Issue, issuesOf, OptionalPersonName, Password } from "@/lib/users/schema";
import { joinLinkColumns, mayLetIn } from "./join-link";
import { findMakers } from "./link-maker";
import { digestOfToken } from "./user-link";

/** What a link for several people opens, for whoever holds it. */
export type OpenJoinLink = {
  /** Of the addresses it is for; null: any. */
  domain: string | null;
  approval: boolean;
  /** ISO 8601 in UTC. */
  expiresAt: string;
};

export type JoinByLinkOutcome =
  | { kind: "joined"; sessionId: string | null }
  /** Has a place, and waits until somebody lets them in. */
  | { kind: "waiting" }
  /** Unknown, full, run out or taken back: deliberately not told apart. */
  | { kind: "dead" }
  | { kind: "rateLimited"; retryAfter: number }
  | { kind: "invalid"; link: OpenJoinLink; issues: Issue[] };

/** One client at any such link, with whatever is typed: each try may cost a hash, and tells whether an address is taken. */
const CLIENT: Limit = { name: "join-link.client", points: 20, seconds: 300 };

/** The link for several people behind a token, while it lets in. */
export async function findJoinLink(tx: Tx, token: string): Promise<OpenJoinLink | null> {
  const found = await findLive(tx, token);
  return found && openOf(found.row);
}

/**
 * Joins by a link for several people: as an account and a session, or as a request where the link asks for approval. The
 * row of the link is locked while its places are counted, and the database holds their number besides.
 *
 * @param locale in which whoever waits is written to
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function joinByLink(
  found: OpenJoinLink,
  asked: { token: string; email: unknown; name: unknown; password: unknown },
  locale: Locale,
): Promise<JoinByLinkOutcome> {
  const wait = await countUse(CLIENT, clientKey(getRequestContext()?.address));
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const judged = await judge(found, asked);
  if (judged.kind === "invalid") return { ...judged, link: found };
  const { email, name, password } = judged;
  const passwordHash = await hashPassword(password);
  try {
    return await transaction(async (tx): Promise<JoinByLinkOutcome> => {
      const live = await findLive(tx, asked.token, { lock: true, email });
      if (live === null) return { kind: "dead" };
      const { id, role, approval } = live.row;
      if (approval) {
        // Two requests of one address meet the unique index; that somebody has it is looked at.
        const owner = await tx.user.findUnique({ where: { email }, select: { id: true } });
        if (owner !== null) return { kind: "invalid", link: found, issues: [TAKEN] };
      }
      await tx.joinLink.update({
        where: { id },
        data: { uses: { increment: 1 } },
        select: { id: true },
      });
      if (approval) {
        const request = await tx.joinRequest.create({
          data: { linkId: id, email, name, passwordHash, locale },
          select: { id: true },
        });
        await record(
          tx,
          { system: "join link" },
          {
            action: "joinRequest.created",
            target: { type: "joinRequest", id: request.id, label: email },
            door: "link",
            details: { joinLink: id, role: role.slug },
          },
        );
        return { kind: "waiting" };
      }
      const user = await insertUser(tx, { email, name, passwordHash, roleId: role.id });
      await record(
        tx,
        { userId: user.id, email },
        {
          action: "user.joined",
          target: { type: "user", id: user.id, label: email },
          door: "link",
          details: { joinLink: id, role: role.slug },
        },
      );
      return {
        kind: "joined",
        sessionId: await grantSession(tx, { id: user.id, email, passwordHash }),
      };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { kind: "invalid", link: found, issues: [TAKEN] };
  }
}

const TAKEN = { field: "email", rule: "emailTaken" } as const;

async function judge(
  { domain }: OpenJoinLink,
  asked: { email: unknown; name: unknown; password: unknown },
): Promise<
  | { kind: "right"; email: string; name: string | null; password: string }
  | { kind: "invalid"; issues: Issue[] }
> {
  const email = Email.safeParse(asked.email);
  const name = OptionalPersonName.safeParse(asked.name);
  const password = Password.safeParse(asked.password);
  const issues: Issue[] = [];
  const found = (field: string, result: typeof email | typeof name) => {
    if (result.error) issues.push(...issuesOf(result.error).map(({ rule }) => ({ field, rule })));
  };
  found("email", email);
  if (email.success && domain !== null && !email.data.endsWith(`@${domain}`)) {
    issues.push({ field: "email", rule: "invalid" });
  }
  found("name", name);
  const person = { name: name.data ?? null, ...(email.success && { email: email.data }) };
  if (password.success) issues.push(...(await judgePassword(password.data, person)));
  else issues.push({ field: "password", rule: "required" });
  if (!email.success || !name.success || !password.success || issues.length > 0) {
    return { kind: "invalid", issues };
  }
  return { kind: "right", email: email.data, name: name.data, password: password.data };
}

type Live = { row: NonNullable<Awaited<ReturnType<typeof findRow>>> };

const findRow = (tx: Tx, digest: string) =>
  tx.joinLink.findUnique({
    where: { digest, revokedAt: null, expiresAt: { gt: databaseNow() } },
    select: joinLinkColumns,
  });

/** It lives as long as it has a place, and whoever made it might let such people in. */
async function findLive(
  tx: Tx,
  token: string,
  { lock = false, email }: { lock?: boolean; email?: string } = {},
): Promise<Live | null> {
  const digest = digestOfToken(token);
  if (digest === null) return null;
  if (lock) {
    const known = await tx.joinLink.findUnique({ where: { digest }, select: { id: true } });
    if (known === null) return null;
    await lockRows(tx, "join_links", [known.id]);
  }
  const row = await findRow(tx, digest);
  if (row === null || row.uses >= row.maxUses) return null;
  const maker = (await findMakers(tx, [row.createdById])).get(row.createdById);
  const person = email === undefined ? {} : { email };
  return maker !== undefined && mayLetIn(maker, row.role, person) ? { row } : null;
}

function openOf({ domain, approval, expiresAt }: Live["row"]): OpenJoinLink {
  return { domain, approval, expiresAt: expiresAt.toISOString() };
}
