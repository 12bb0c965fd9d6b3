import { z } from "zod";
import type { Prisma } from "@/lib/platform/db";

/** A user who was deleted and can still be restored. Times are ISO 8601 in UTC. */
export const DeletedUserView = z.object({
  id: z.guid(),
  number: z.int(),
  email: z.string(),
  name: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  /** null: the role was deleted, too. */
  role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }).nullable(),
  status: z.enum(["active", "disabled", "invited"]),
  deletedAt: z.iso.datetime(),
  /** Without an id: the operator. */
  deletedBy: z.object({ id: z.guid().nullable(), label: z.string() }),
  /** From then on nobody can restore the user. */
  purgeAt: z.iso.datetime(),
});
export type DeletedUserView = z.output<typeof DeletedUserView>;

/** The columns a view is made of; never the password hash. */
export const deletedUserColumns = {
  id: true,
  number: true,
  email: true,
  name: true,
  firstName: true,
  lastName: true,
  role: { select: { id: true, slug: true, name: true } },
  status: true,
  deletedAt: true,
  deletedById: true,
  deletedByLabel: true,
  purgeAt: true,
} satisfies Prisma.DeletedUserSelect;

type DeletedUserRow = Prisma.DeletedUserGetPayload<{ select: typeof deletedUserColumns }>;

export function toDeletedUserView({
  deletedById,
  deletedByLabel,
  ...row
}: DeletedUserRow): DeletedUserView {
  return {
    ...row,
    status: row.status.toLowerCase() as DeletedUserView["status"],
    deletedAt: row.deletedAt.toISOString(),
    deletedBy: { id: deletedById, label: deletedByLabel },
    purgeAt: row.purgeAt.toISOString(),
  };
}
