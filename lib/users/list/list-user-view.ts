import { z } from "zod";
import { UserView } from "../user-view";
import { anyOf } from "./any-of";

/** What a list tells of its users besides, for who asks. */
const EXTRAS = ["secondFactor", "sessions", "createdBy"] as const;
export type Extra = (typeof EXTRAS)[number];

export const Include = anyOf(z.enum(EXTRAS));

/** Null where the reader may not know, or nobody does. */
export const UserExtras = z.object({
  secondFactor: z
    .boolean()
    .optional()
    .meta({ description: "Of `include`: has an authenticator app or a passkey." }),
  sessions: z
    .int()
    .nullable()
    .optional()
    .meta({ description: "Of `include`: how many live, for who may end them; otherwise null." }),
  createdBy: z
    .object({ id: z.guid().nullable(), email: z.string() })
    .nullable()
    .optional()
    .meta({ description: "Of `include`: as the audit trail has it, for who may read that." }),
});
export type UserExtras = z.output<typeof UserExtras>;

/** A user of a list. */
export const ListUserView = UserView.extend(UserExtras.shape).meta({ id: "ListedUser" });
export type ListUserView = z.output<typeof ListUserView>;
