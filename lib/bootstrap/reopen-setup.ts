import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { ensurePredefinedRoles } from "@/lib/roles/predefined-roles";
import { writeSettings } from "@/lib/settings/change-settings";
import { archiveEverybody } from "@/lib/users/archive-users";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { KEPT } from "@/product";
import { lockClaim } from "./installation";
import { issueSetupToken } from "./setup-token";

type ReopenOutcome =
  /** `users`: how many were deleted. `token`: what opens setup now. */
  | { kind: "reopened"; users: number; token: string }
  /** Nobody has claimed it, or nobody any more. */
  | { kind: "open" };

/** Former administrators that the trail names; beyond it they are counted only. */
const NAMED = 20;

/** A million users take a while; nobody can sign in meanwhile anyway. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Takes a claim back: the one way to open setup again. Every user is deleted, with sessions, tokens and links, and can
 * be restored by the next owner, as a plain user; the record of the claim goes, and a new setup token is issued. All of
 * it, or nothing. For the command line only: whoever can run it owns the server.
 *
 * @throws {DatabaseUnavailable}
 */
export async function reopenSetup(): Promise<ReopenOutcome> {
  const done = await transaction(
    async (tx) => {
      await lockClaim(tx);
      // Before anything is read: whoever is changing users finishes first, and everybody else waits for the end.
      await tx.$executeRaw`LOCK TABLE "users" IN ACCESS EXCLUSIVE MODE`;
      // The database refuses otherwise (LK003), and it checks that what is left is an open installation.
      await tx.$executeRaw`SELECT set_config(${KEPT.reopenSetting}, 'on', true)`;
      const roles = await ensurePredefinedRoles(tx);
      const administrators = await tx.user.findMany({
        where: { role: { slug: ADMIN_ROLE } },
        select: { email: true },
        orderBy: { number: "asc" },
        take: NAMED,
      });
      const { count } = await tx.installation.deleteMany();
      const users = await archiveEverybody(tx, "operator", roles[USER_ROLE].id);
      if (count === 0 && users === 0) return null;
      // A key of the former owner must not replay a claim that is no more, nor stand in the way of the next.
      await tx.idempotencyKey.deleteMany();
      await tx.setupAttempt.deleteMany();
      // Whom the former owner let in from elsewhere, and by what name, is not for the next one to find out.
      await writeSettings(tx, {}, null);
      await record(
        tx,
        { system: "operator" },
        {
          action: "installation.reopened",
          door: "command line",
          details: { users, administrators: administrators.map(({ email }) => email) },
        },
      );
      return { users, token: await issueSetupToken(tx) };
    },
    { patienceMs: PATIENCE_MS },
  );
  if (done === null) return { kind: "open" };
  return { kind: "reopened", ...done };
}
