"use server";

import { redirect } from "next/navigation";
import type { CreateUserState } from "@/components/people/create-user-form";
import type { UserChange } from "@/components/people/user-change";
import { createUser as createUserOperation } from "@/lib/users/create-user";
import { updateUser } from "@/lib/users/update-user";
import { formFields } from "../../form-fields";
import { textArgument } from "../../text-argument";
import { act, actAndShow } from "../act";

/** Changes one user for whoever is signed in; the operation decides whether they may. */
async function change(userId: string, changes: Record<string, unknown>): Promise<UserChange> {
  const outcome = await actAndShow((actor) => updateUser(actor, userId, changes));
  switch (outcome.kind) {
    case "updated":
      return { kind: "changed" };
    case "invalid":
      return { kind: "failed" };
    case "stale":
      return { kind: "stale" };
    default:
      return outcome;
  }
}

export async function changeRole(userId: string, role: string): Promise<UserChange> {
  return change(textArgument(userId), { role: textArgument(role) });
}

export async function disable(userId: string, disabledReason: string): Promise<UserChange> {
  return change(textArgument(userId), {
    status: "disabled",
    disabledReason: textArgument(disabledReason),
  });
}

export async function enable(userId: string): Promise<UserChange> {
  return change(textArgument(userId), { status: "active" });
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
