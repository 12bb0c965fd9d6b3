"use server";

import { redirect } from "next/navigation";
import type { ClaimState, SetupField } from "@/components/setup/claim-state";
import { claimThroughWizard } from "@/lib/bootstrap/doors/wizard";
import { signInBrowser } from "@/lib/sessions/auth";
import { formFields } from "../form-fields";

const FIELDS: readonly string[] = ["name", "email", "password"] satisfies SetupField[];

function isField(field: string): field is SetupField {
  return FIELDS.includes(field);
}

/** Door 5: claims with what was typed, and signs the new administrator in. */
export async function claim(_before: ClaimState, form: FormData): Promise<ClaimState> {
  const fields = formFields(form, "name", "email", "password", "setupToken");
  const typed = { name: fields.name, email: fields.email };
  const refused = (
    reason: Extract<ClaimState, { kind: "refused" }>["reason"],
    retryAfter = 0,
  ): ClaimState => ({ kind: "refused", reason, retryAfter, typed });

  const outcome = await claimThroughWizard(fields);
  switch (outcome.kind) {
    case "created": {
      const { email } = outcome.admin;
      const { kind } = await signInBrowser({ email, password: fields.password });
      return redirect(kind === "signedIn" ? "/setup/done" : "/login");
    }
    case "invalid": {
      const problems = outcome.issues.flatMap(({ field, rule }) =>
        isField(field) ? [{ field, rule }] : [],
      );
      return { kind: "problems", problems, typed };
    }
    case "setupTokenMissing":
    case "setupTokenInvalid":
      return { kind: "problems", problems: [{ field: "setupToken", rule: outcome.kind }], typed };
    case "rateLimited":
    case "overloaded":
    case "unavailable":
      return refused(outcome.kind, outcome.retryAfter);
    case "alreadySetUp":
      return refused("alreadySetUp");
    default:
      return refused("unexpected");
  }
}
