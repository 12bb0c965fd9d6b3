"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { DeleteRoleState } from "@/components/roles/delete-role";
import { requirementOf } from "@/components/roles/factor-draft";
import type { RoleFormState } from "@/components/roles/role-form-state";
import type { Later } from "@/lib/platform/or-later";
import { type CreateRoleOutcome, createRole } from "@/lib/roles/create-role";
import { deleteRole as deleteRoleOperation } from "@/lib/roles/delete-role";
import { type UpdateRoleOutcome, updateRole } from "@/lib/roles/update-role";
import { formFields } from "../../form-fields";
import { textArgument } from "../../text-argument";
import { act } from "../act";

/** The JSON of a text field; null, which no schema takes, when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const REQUIREMENT = ["secondFactor", "graceDays"] as const;
type Requirement = (typeof REQUIREMENT)[number];

/** What the fields of components/roles/factor-fields.tsx say. */
function requirementIn({ secondFactor, graceDays }: Record<Requirement, string>): unknown {
  return requirementOf({ required: secondFactor !== "", days: graceDays });
}

/** Creates a role, or changes the one that the form names. */
export async function saveRole(_before: RoleFormState, form: FormData): Promise<RoleFormState> {
  const fields = formFields(form, "slug", "etag", "name", "policies", ...REQUIREMENT);
  const { slug, etag, name, policies } = fields;
  const input = { name, policies: jsonOf(policies), secondFactor: requirementIn(fields) };
  const outcome = await act(
    async (actor): Promise<CreateRoleOutcome | UpdateRoleOutcome> =>
      slug === "" ? createRole(actor, input) : updateRole(actor, slug, input, etag),
  );
  return saved(outcome);
}

/** Changes whether a role requires a second factor, and nothing else about it. */
export async function saveRequirement(
  _before: RoleFormState,
  form: FormData,
): Promise<RoleFormState> {
  const fields = formFields(form, "slug", "etag", ...REQUIREMENT);
  const { slug, etag } = fields;
  const input = { secondFactor: requirementIn(fields) };
  return saved(await act((actor) => updateRole(actor, slug, input, etag)));
}

function saved(
  outcome: CreateRoleOutcome | UpdateRoleOutcome | Later | { kind: "signedOut" },
): RoleFormState {
  switch (outcome.kind) {
    case "created":
      return redirect(`/roles?created=${outcome.role.slug}`);
    case "updated":
      refresh(); // the frame of the pages reminds the editor, too
      return redirect(`/roles?saved=${outcome.role.slug}`);
    case "invalid":
      return { kind: "problems", issues: outcome.issues };
    case "stale":
      return { kind: "refused", why: { kind: "stale" } };
    default:
      return { kind: "refused", why: outcome };
  }
}

export async function deleteRole(slug: string): Promise<DeleteRoleState> {
  const target = textArgument(slug);
  const outcome = await act((actor) => deleteRoleOperation(actor, target));
  if (outcome.kind === "deleted") redirect("/roles?deleted=1");
  return outcome.kind === "inUse" ? { kind: "inUse" } : outcome;
}
