import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { allowsEverything, may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { isForeignKeyViolation, query, transaction } from "@/lib/platform/db";
import { randomSecret, sha256 } from "@/lib/platform/secrets/digest";
import { readPolicies } from "@/lib/roles/read-policies";
import { Email, type Issue, issuesOf, NewRole, PersonName, USER_ROLE } from "@/lib/users/schema";
import { type JoinLinkView, joinLinkColumns, mayLetIn, toJoinLinkView } from "./join-link";
import { JOIN_LINK_DAYS, JOIN_LINK_DAYS_MAX, JOIN_LINK_USES_MAX } from "./limits";
import { linkTo } from "./user-link";

type CreateJoinLinkOutcome =
  /** `link` is told this once; the database has only its digest. */
  | { kind: "created"; joinLink: JoinLinkView; link: string }
  | Refusal<"forbidden">
  | { kind: "invalid"; issues: Issue[] };

/** The part behind the @ of an address, as it is stored. */
const Domain = z.string("invalid").transform((typed, context) => {
  const address = Email.safeParse(`x@${typed.trim().replace(/^@/, "")}`).data;
  if (address !== undefined) return address.slice(2);
  context.addIssue({ code: "custom", message: "invalid" });
  return z.NEVER;
});

export const NewJoinLink = z.object({
  name: PersonName.pipe(z.string().max(120, "nameTooLong")).meta({
    description: "What those who manage it call it.",
  }),
  role: NewRole.default(USER_ROLE),
  maxUses: z.int("invalid").min(1, "invalid").max(JOIN_LINK_USES_MAX, "invalid"),
  days: z
    .int("invalid")
    .min(1, "invalid")
    .max(JOIN_LINK_DAYS_MAX, "invalid")
    .default(JOIN_LINK_DAYS)
    .meta({ description: "For how long it works." }),
  domain: Domain.nullish()
    .transform((domain) => domain ?? null)
    .meta({ description: "Of the addresses it is for; a subdomain is another." }),
  approval: z
    .boolean("invalid")
    .default(true)
    .meta({ description: "Whether somebody lets in each who comes by it." }),
});

/**
 * Makes a link by which several people join by themselves. Never with a role that allows everything: whoever has the link
 * has what it opens, and nobody knows who that is.
 *
 * @param input `{ name, maxUses, role?, days?, domain?, approval? }`; unknown fields are ignored
 * @throws {DatabaseUnavailable}
 */
export async function createJoinLink(actor: Actor, input: unknown): Promise<CreateJoinLinkOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const parsed = NewJoinLink.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const { role: slug, days, ...asked } = parsed.data;
  const roleUnknown = {
    kind: "invalid",
    issues: [{ field: "role", rule: "roleUnknown" }],
  } as const satisfies CreateJoinLinkOutcome;
  const role = await query((db) =>
    db.role.findUnique({ where: { slug }, select: { id: true, slug: true, policies: true } }),
  );
  if (role === null) return { ...roleUnknown, issues: [...roleUnknown.issues] };
  const policies = readPolicies(role);
  if (policies === null || allowsEverything(policies) || !mayLetIn(actor, role)) {
    return { kind: "forbidden" };
  }
  const secret = randomSecret();
  try {
    return await transaction(async (tx): Promise<CreateJoinLinkOutcome> => {
      const row = await tx.joinLink.create({
        data: {
          ...asked,
          digest: sha256(secret),
          roleId: role.id,
          createdById: actor.userId,
          createdByLabel: actor.email,
          expiresAt: daysAfter(databaseNow(), days),
        },
        select: joinLinkColumns,
      });
      const joinLink = toJoinLinkView(row);
      const { id, name, maxUses, domain, approval, expiresAt } = joinLink;
      await record(tx, actor, {
        action: "joinLink.created",
        target: { type: "joinLink", id, label: name },
        details: { role: slug, maxUses, domain, approval, expiresAt },
      });
      return { kind: "created", joinLink, link: linkTo(secret) };
    });
  } catch (error) {
    // The role was deleted in the meantime.
    if (!isForeignKeyViolation(error)) throw error;
    return { ...roleUnknown, issues: [...roleUnknown.issues] };
  }
}
