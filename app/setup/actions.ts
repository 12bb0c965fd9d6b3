"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ClaimState, SetupField } from "@/components/setup/claim-state";
import { waitText } from "@/components/wait-text";
import { claimThroughWizard } from "@/lib/bootstrap/doors/wizard";
import { setSessionCookie } from "@/lib/sessions/auth";
import { formFields } from "../form-fields";

const FIELDS: readonly string[] = ["name", "email", "password"] satisfies SetupField[];

function isField(field: string): field is SetupField {
  return FIELDS.includes(field);
}

/** Door 5: claims with what was typed, and signs the new administrator in. */
export async function claim(_before: ClaimState, form: FormData): Promise<ClaimState> {
  const fields = formFields(form, "name", "email", "password", "setupToken");
  const typed = { name: fields.name, email: fields.email };
  const outcome = await claimThroughWizard(fields);
  switch (outcome.kind) {
    case "created": {
      await setSessionCookie(outcome.grant);
      return redirect("/setup/done");
    }
    case "invalid": {
      const problems = outcome.issues.flatMap(({ field, rule }) =>
        isField(field) ? [{ field, rule }] : [],
      );
      return { kind: "problems", problems, typed };
    }
    case "setupTokenMissing":
      refresh(); // it was not needed when the page was made, which has no field for it then
      return { kind: "problems", problems: [{ field: "setupToken", rule: outcome.kind }], typed };
    case "setupTokenInvalid":
      return { kind: "problems", problems: [{ field: "setupToken", rule: outcome.kind }], typed };
    case "rateLimited":
    case "overloaded":
    case "unavailable": {
      const t = await getTranslations("waiting");
      return { kind: "refused", message: waitText(t, outcome.kind, outcome.retryAfter), typed };
    }
    case "alreadySetUp":
      return { kind: "alreadySetUp", typed };
    default: {
      const t = await getTranslations("setup");
      return { kind: "refused", message: t("unexpected"), typed };
    }
  }
}
