import { ADMIN_ROLE } from "./schema";

/** Whom the promise of the database counts, that an installation keeps at least one: as a condition of a query. */
export const ACTIVE_ADMIN = { role: { slug: ADMIN_ROLE }, status: "ACTIVE" } as const;

export function isActiveAdmin({ role, status }: { role: { slug: string }; status: string }) {
  return role.slug === ADMIN_ROLE && status === "ACTIVE";
}
