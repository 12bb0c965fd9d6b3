"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { FactorRequirement } from "@/lib/roles/schema";
import { useScriptSent } from "../form/use-script-sent";
import { SubmitButton } from "../ui/submit-button";
import { factorDraftOf } from "./factor-draft";
import { FactorFields } from "./factor-fields";
import type { RoleFormState } from "./role-form-state";
import { RoleRefusal } from "./role-refusal";

/** The one thing that can be changed about a predefined role. */
export function RequirementForm({
  save,
  slug,
  etag,
  requirement,
  children,
}: {
  save: (before: RoleFormState, form: FormData) => Promise<RoleFormState>;
  slug: string;
  etag: string;
  requirement: FactorRequirement | null;
  children?: ReactNode;
}) {
  const t = useTranslations("rolesPage.factor");
  const words = useTranslations("rolesPage");
  const rules = useTranslations("rolesPage.rules");
  const { state, send, sending, submit } = useScriptSent(save, { kind: "idle" });
  const [draft, setDraft] = useState(() => factorDraftOf(requirement));
  const issue = state.kind === "problems" ? state.issues[0] : undefined;
  return (
    <form action={send} noValidate className="space-y-6" onSubmit={submit()}>
      <RoleRefusal state={state} slug={slug} />
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="etag" value={etag} />
      <FactorFields draft={draft} onChange={setDraft} error={issue && rules(issue.rule)}>
        {children}
      </FactorFields>
      <SubmitButton working={words("saving")} pending={sending} className="min-w-36">
        {t("save")}
      </SubmitButton>
    </form>
  );
}
