import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { addUser } from "./add-user";
import { judgePassword } from "./judge-password";
import {
  Email,
  type Issue,
  issuesOf,
  NewRole,
  OptionalPersonName,
  Password,
  type Rule,
  USER_ROLE,
} from "./schema";
import { toUserView, type UserView, userEtag } from "./user-view";

type CreateUserOutcome =
  | { kind: "created"; user: UserView; etag: string }
  | Refusal<"forbidden" | "unconfirmed">
  | { kind: "invalid"; issues: Issue[] };

export const CreateUser = z.object({
  email: Email,
  name: OptionalPersonName,
  role: NewRole.default(USER_ROLE),
  password: Password.nullish(),
});

/** What a published contract asks beyond our own rules. */
type StricterContract = {
  required: readonly ("name" | "password")[];
  passwordRules: (password: string) => Rule[];
};

/**
 * Creates a user with a password (active) or without one (invited).
 *
 * @param input `{ email, name?, role?: slug, password? }`; unknown fields are ignored
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function createUser(
  actor: Actor,
  input: unknown,
  contract?: StricterContract,
): Promise<CreateUserOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const parsed = CreateUser.safeParse(input);
  const issues = parsed.success ? [] : issuesOf(parsed.error);
  for (const field of contract?.required ?? []) {
    if (parsed.success && !parsed.data[field]) issues.push({ field, rule: "required" });
  }
  if (parsed.success && typeof parsed.data.password === "string") {
    const { password } = parsed.data;
    issues.push(...(await judgePassword(password, parsed.data, contract?.passwordRules)));
  }
  if (!parsed.success || issues.length > 0) return { kind: "invalid", issues };

  const person = { ...parsed.data, password: parsed.data.password ?? null };
  const outcome = await addUser(actor, person, (tx, created) =>
    record(tx, actor, {
      action: "user.created",
      target: { type: "user", id: created.id, label: created.email },
      details: { role: person.role, invited: person.password === null },
    }),
  );
  if (outcome.kind !== "added") return outcome;
  return { kind: "created", user: toUserView(outcome.row), etag: userEtag(outcome.row) };
}
