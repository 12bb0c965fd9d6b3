import { sqlState } from "@/lib/platform/db";
import { ADMIN_ROLE } from "./schema";

/** Whom the promise of the database counts, that an installation keeps at least one: as a condition of a query. */
export const ACTIVE_ADMIN = { role: { slug: ADMIN_ROLE }, status: "ACTIVE" } as const;

export function isActiveAdmin({ role, status }: { role: { slug: string }; status: string }) {
  return role.slug === ADMIN_ROLE && status === "ACTIVE";
}

/** Whether the database kept that promise, and so refused this write. */
export function lastAdminKept(error: unknown): boolean {
  if (sqlState(error) === "LK001") return true;
  // Raised at COMMIT, Prisma keeps the message and drops the code.
  const message = error instanceof Error ? error.message : "";
  return message.includes("keeps at least one active administrator");
}
