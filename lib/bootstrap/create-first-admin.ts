import { record } from "@/lib/audit/record";
import type { ClaimDoor } from "@/lib/audit/schema";
import { isUniqueViolation, type Tx, transaction } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import { hashForClaim } from "@/lib/platform/secrets/password";
import type { GrantedRole } from "@/lib/roles/granted-role";
import { ensurePredefinedRoles } from "@/lib/roles/predefined-roles";
import { insertUser } from "@/lib/users/insert-user";
import { ADMIN_ROLE } from "@/lib/users/schema";
import { toUserView, type UserView } from "@/lib/users/user-view";
import { type Granted, grantTo } from "./grant";
import { type IdempotentClaim, rememberClaim } from "./idempotency";
import { isKnownClaimed, isOpen, lockClaim, rememberClaimed } from "./installation";
import type { ClaimOutcome, Grants } from "./outcome";
import { removeSpentTokenFile, takeWrongTokens } from "./setup-token";

/** The person who is to be administrator: every field checked and canonical, the password as yet unhashed. */
export type NewAdmin = {
  email: string;
  name: string | null;
  firstName?: string | null;
  lastName?: string | null;
  metadata?: Record<string, unknown>;
  password: { kind: "plain"; value: string } | { kind: "hash"; value: string };
};

export type Claim<G extends Grants> = {
  door: ClaimDoor;
  admin: NewAdmin;
  /** SHA-256 of the setup token that let the caller in; consumed by the claim. Null where none was needed. */
  tokenDigest: string | null;
  grants: G;
  idempotency: IdempotentClaim | null;
};

/**
 * THE operation: claims the installation by creating its first administrator. Exactly one call ever succeeds,
 * however many processes try at once: the installation row has one possible primary key, and it is inserted in
 * the transaction that creates roles, user, token and audit event. Everybody else hears "alreadySetUp".
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function createFirstAdmin<G extends Grants>(
  claim: Claim<G>,
): Promise<ClaimOutcome<G>> {
  const { password } = claim.admin;
  const passwordHash =
    password.kind === "hash" ? password.value : await hashForClaim(password.value, isKnownClaimed);
  if (passwordHash === null) return { kind: "alreadySetUp" };

  const outcome = await transaction((tx) => claimInside(tx, claim, passwordHash)).catch((error) => {
    // The lock makes losers wait for the winner, so this is the promise of the database speaking, not luck.
    if (isUniqueViolation(error)) return { kind: "alreadySetUp" } as const;
    throw error;
  });

  if (outcome.kind === "alreadySetUp") rememberClaimed();
  if (outcome.kind !== "committed") return outcome;
  rememberClaimed();
  await removeSpentTokenFile().catch(() => {}); // the claim is made, whatever the disk or the next query says
  const { admin, role, grant } = outcome;
  return { kind: "created", admin, role, grant: grant() };
}

type Committed<G extends Grants> = Pick<Granted<G>, "grant"> & {
  kind: "committed";
  admin: UserView;
  role: GrantedRole;
};

async function claimInside<G extends Grants>(
  tx: Tx,
  claim: Claim<G>,
  passwordHash: string,
): Promise<Committed<G> | { kind: "alreadySetUp" } | { kind: "setupTokenInvalid" }> {
  await lockClaim(tx);
  if (!(await isOpen(tx))) return { kind: "alreadySetUp" };

  const consumed = await tx.setupToken.deleteMany({
    where: claim.tokenDigest === null ? {} : { digest: claim.tokenDigest },
  });
  // It was right a moment ago and has been replaced since.
  if (claim.tokenDigest !== null && consumed.count === 0) return { kind: "setupTokenInvalid" };

  const roles = await ensurePredefinedRoles(tx);
  const row = await insertUser(tx, {
    email: claim.admin.email,
    name: claim.admin.name,
    firstName: claim.admin.firstName ?? null,
    lastName: claim.admin.lastName ?? null,
    metadata: claim.admin.metadata ?? {},
    passwordHash,
    roleId: roles[ADMIN_ROLE].id,
    emailVerified: true, // whoever holds the key to the server vouches for the address
  });
  const wrong = await takeWrongTokens(tx);
  await tx.installation.create({
    data: {
      id: 1,
      adminId: row.id,
      adminEmail: row.email,
      door: claim.door,
      address: getRequestContext()?.address ?? null,
      wrongTokens: wrong.count,
      wrongAddresses: wrong.addresses,
    },
    select: { id: true },
  });
  await record(
    tx,
    { system: "setup" },
    {
      action: "installation.claimed",
      target: { type: "user", id: row.id, label: row.email },
      door: claim.door,
      details: { role: ADMIN_ROLE, wrongTokens: wrong.count },
    },
  );
  const granted = await grantTo(tx, { ...row, passwordHash }, claim.grants, claim.door);
  if (claim.idempotency) await rememberClaim(tx, claim.idempotency, row.id, granted);
  const { grant } = granted;
  return { kind: "committed", admin: toUserView(row), role: roles[ADMIN_ROLE], grant };
}
