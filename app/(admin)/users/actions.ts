"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { CreateUserState } from "@/components/people/create-user-form";
import type { UserChange } from "@/components/people/user-change";
import { orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { createUser as createUserOperation } from "@/lib/users/create-user";
import { updateUser } from "@/lib/users/update-user";
import { formFields } from "../../form-fields";
import { textArgument } from "../../text-argument";
import { confirmFirst } from "../confirm-first";

/** Changes one user for whoever is signed in; the operation decides whether they may. */
async function change(userId: string, changes: Record<string, unknown>): Promise<UserChange> {
  return orLater(async (): Promise<UserChange> => {
    const actor = await getActor();
    if (actor === null) return { kind: "signedOut" };
    const outcome = await updateUser(actor, userId, changes);
    refresh();
    if (outcome.kind === "unconfirmed") return confirmFirst();
    if (outcome.kind === "updated") return { kind: "changed" };
    return { kind: outcome.kind === "invalid" ? "failed" : outcome.kind };
  });
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
  const outcome = await orLater(async () => {
    const actor = await getActor();
    return actor === null
      ? ({ kind: "signedOut" } as const)
      : createUserOperation(actor, fields, { required: ["password"], passwordRules: () => [] });
  });
  switch (outcome.kind) {
    case "created":
      return redirect(`/users?created=${outcome.user.id}`);
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    case "unavailable":
    case "overloaded":
      return { kind: "wait", reason: outcome.kind, retryAfter: outcome.retryAfter, typed };
    case "signedOut":
    case "unconfirmed":
    case "forbidden":
      return { kind: "refused", reason: outcome.kind, typed };
  }
}
