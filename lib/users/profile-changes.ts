import type { Prisma } from "@/lib/platform/db";

/**
 * What a new name or e-mail address changes, and what the audit trail keeps of it.
 *
 * @param asked canonical; what is undefined stays
 */
export function profileChanges(
  before: { name: string | null; email: string },
  asked: { name: string | null | undefined; email: string | undefined },
): { data: Prisma.UserUncheckedUpdateInput; details: Record<string, unknown> } {
  const data: Prisma.UserUncheckedUpdateInput = {};
  const details: Record<string, unknown> = {};
  if (asked.name !== undefined && asked.name !== before.name) {
    data.name = asked.name;
    details["name"] = { from: before.name, to: asked.name };
  }
  if (asked.email !== undefined && asked.email !== before.email) {
    data.email = asked.email;
    data.emailVerifiedAt = null; // the new address has not been shown to be theirs
    details["email"] = { from: before.email, to: asked.email };
  }
  return { data, details };
}
