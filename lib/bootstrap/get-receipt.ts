import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";

/** When, from where and by which door the installation was claimed, and who else tried. */
export type Receipt = {
  claimedAt: Date;
  adminEmail: string;
  door: string;
  address: string | null;
  wrongTokens: number;
  wrongAddresses: string[];
};

/** The receipt of the claim, for administrators; null for everybody else. @throws {DatabaseUnavailable} */
export async function getReceipt(actor: Actor): Promise<Receipt | null> {
  if (!may(actor, "read", "Installation")) return null;
  return query((db) =>
    db.installation.findUnique({
      where: { id: 1 },
      select: {
        claimedAt: true,
        adminEmail: true,
        door: true,
        address: true,
        wrongTokens: true,
        wrongAddresses: true,
      },
    }),
  );
}
