"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { DeleteRoleState } from "@/components/roles/delete-role";
import { requirementOf } from "@/components/roles/factor-draft";
import type { RoleFormState } from "@/components/roles/role-form-state";
import type { Later } from "@/lib/platform/or-later";
import { sha256 } from "@/lib/platform/secrets/digest";
import { type CreateRoleOutcome, createRole } from "@/lib/roles/create-role";
import { deleteRole as deleteRoleOperation } from "@/lib/roles/delete-role";
import { type PreviewRoleOutcome, previewRole, type RolePreview } from "@/lib/roles/preview-role";
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

/** Creates a role, or changes the one that the form names: once its editor has seen what that means, and for whom. */
export async function saveRole(_before: RoleFormState, form: FormData): Promise<RoleFormState> {
  const fields = formFields(form, "slug", "etag", "name", "policies", "shown", ...REQUIREMENT);
  const { slug, etag, name, policies } = fields;
  const input = { name, policies: jsonOf(policies), secondFactor: requirementIn(fields) };
  const shown = sha256(JSON.stringify([slug, etag, input.policies, input.secondFactor]));
  const outcome = await act(
    async (actor): Promise<CreateRoleOutcome | UpdateRoleOutcome | PreviewRoleOutcome> => {
      if (slug === "") return createRole(actor, input);
      if (fields.shown !== shown) {
        const seen = await previewRole(actor, slug, input, etag);
        if (seen.kind !== "previewed" || meansSomething(seen.preview)) return seen;
      }
      return updateRole(actor, slug, input, etag);
    },
  );
  if (outcome.kind !== "previewed") return saved(outcome);
  const { secondFactor, graceDays } = fields;
  // A browser sends its lines in its own way.
  const typed = { name, policies: policies.replaceAll("\r\n", "\n"), secondFactor, graceDays };
  return { kind: "changes", preview: outcome.preview, typed: { ...typed, shown } };
}

/** Whether somebody may do more or less by it, or has to. */
function meansSomething({ gained, lost, secondFactor, holders }: RolePreview): boolean {
  const isOther = gained.length > 0 || lost.length > 0 || secondFactor !== null;
  return isOther && holders?.count.value !== 0;
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
  outcome:
    | CreateRoleOutcome
    | UpdateRoleOutcome
    | Exclude<PreviewRoleOutcome, { kind: "previewed" }>
    | Later
    | { kind: "signedOut" },
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
