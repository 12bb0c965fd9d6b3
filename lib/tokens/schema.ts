import { z } from "zod";
import { databaseNow } from "@/lib/platform/database-now";
import { type Issue, issuesBy, PersonName } from "@/lib/users/schema";
import { ABILITIES } from "./abilities";

/** What can be wrong with a token that is asked for; keys of words, as in lib/users/schema.ts. */
const TOKEN_RULES = [
  "required",
  "nameTooLong",
  "nameCharacters",
  "abilityNeeded",
  "abilityUnknown",
  "expiryInvalid",
  "expiryPast",
  "expiryTooFar",
  "invalid",
] as const;
export type TokenRule = (typeof TOKEN_RULES)[number];

export type TokenIssue = Issue<TokenRule>;

export const TOKEN_NAME_MAX = 120;
/** Years ahead that an expiry may lie at most. */
export const TOKEN_MAX_YEARS = 10;

const rule = (key: TokenRule) => key;

/** The end of the longest time a token may be made for. */
function latestExpiry(now: Date): Date {
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + TOKEN_MAX_YEARS);
  return latest;
}

/** What a token is made from: `{ name, abilities, expiresAt? }`; `expiresAt` is ISO 8601 with its offset. */
export const CreateToken = z.object({
  name: PersonName.pipe(z.string().max(TOKEN_NAME_MAX, rule("nameTooLong"))),
  abilities: z
    .array(z.enum(ABILITIES, rule("abilityUnknown")), rule("abilityNeeded"))
    .min(1, rule("abilityNeeded")),
  expiresAt: z.iso
    .datetime({ offset: true, error: rule("expiryInvalid"), abort: true })
    .refine((value) => new Date(value) > databaseNow(), {
      error: rule("expiryPast"),
      abort: true,
    })
    .refine((value) => new Date(value) <= latestExpiry(databaseNow()), rule("expiryTooFar"))
    .nullish(),
});

export function tokenIssuesOf(error: z.ZodError): TokenIssue[] {
  return issuesBy(TOKEN_RULES, error);
}
