"use server";

import { redirect } from "next/navigation";
import type { CreateUserState } from "@/components/people/create-user-form";
import type { AccessChange } from "@/components/people/user-change";
import { createUser as createUserOperation } from "@/lib/users/create-user";
import { updateUser } from "@/lib/users/update-user";
import { formFields } from "../../form-fields";
import { textArgument } from "../../text-argument";
import { act, actAndShow } from "../act";

/** Changes one user for whoever is signed in: only `version` of them, where the page shows one. */
async function change(
  id: string,
  changes: Record<string, unknown>,
  version: string | undefined,
): Promise<AccessChange> {
  const userId = textArgument(id);
  const etag = version === undefined ? version : textArgument(version);
  const outcome = await actAndShow((actor) => updateUser(actor, userId, changes, etag));
  switch (outcome.kind) {
    case "updated":
      return { kind: "changed", version: outcome.etag };
    case "invalid":
      return { kind: "failed" };
    case "stale":
      return { kind: "stale" };
    default:
      return outcome;
  }
}

export async function changeRole(userId: string, role: string, version?: string) {
  return change(userId, { role: textArgument(role) }, version);
}

export async function disable(userId: string, reason: string, version?: string) {
  return change(userId, { status: "disabled", disabledReason: textArgument(reason) }, version);
}

export async function enable(userId: string, version?: string) {
  return change(userId, { status: "active" }, version);
}

export async function createUser(
  _before: CreateUserState,
  form: FormData,
): Promise<CreateUserState> {
  const fields = formFields(form, "name", "email", "role", "password");
  const typed = { name: fields.name, email: fields.email, role: fields.role };
  const outcome = await act((actor) =>
    createUserOperation(actor, fields, { required: ["password"], passwordRules: () => [] }),
  );
  switch (outcome.kind) {
    case "created":
      return redirect(`/users?created=${outcome.user.id}`);
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    default:
      return { kind: "refused", why: outcome, typed };
  }
}
