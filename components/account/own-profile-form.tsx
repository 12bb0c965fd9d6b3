"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import type { Rule } from "@/lib/users/schema";
import { FormRefusal } from "../form/form-refusal";
import type { Problems, Refused } from "../form/form-state";
import { problemsOf } from "../form/problems-of";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextLink } from "../ui/text-link";

const FIELDS = ["name", "email"] as const;

/** A profile as it was read; `version` is its entity tag. */
export type OwnProfile = { name: string; email: string; version: string };
type Typed = { name: string; email?: string };

/** What came of saving; `typed` gives back what was sent, so that nothing is lost. */
export type OwnProfileState =
  | { kind: "idle" }
  /** Stale: somebody else changed it since; `now` is how it stands. */
  | ((Problems<Rule> | Refused | { kind: "stale"; now: OwnProfile }) & { typed: Typed });

/** One's own name and e-mail address. The address only for whoever has confirmed recently. */
export function OwnProfileForm({
  profile,
  saved,
  confirm,
  save,
  headlines,
}: {
  profile: OwnProfile;
  /** Whether it has just been saved. */
  saved: boolean;
  /** Where to confirm before changing the e-mail address; null when that was done. */
  confirm: string | null;
  save: (before: OwnProfileState, form: FormData) => Promise<OwnProfileState>;
  headlines: readonly string[];
}) {
  const t = useTranslations("accountPage");
  const rules = useTranslations("rules");
  const [state, send] = useActionState(save, { kind: "idle" });
  const typed = { ...profile, ...(state.kind !== "idle" && state.typed) };
  const { version } = state.kind === "stale" ? state.now : profile;

  const { problems, errorOf } = problemsOf(state, FIELDS, t, (rule) => rules(rule, { min: 0 }));

  return (
    <form action={send} noValidate className="max-w-md space-y-6">
      <input type="hidden" name="version" value={version} />
      {saved && state.kind === "idle" && (
        <Notice tone="ok" role="status">
          {t("saved")}
        </Notice>
      )}
      <FormRefusal state={state} />
      {state.kind === "stale" && (
        <Notice tone="warning" role="alert">
          <p className="wrap-anywhere">
            {t("profileStale", { name: state.now.name || "–", email: state.now.email })}
          </p>
        </Notice>
      )}
      <ErrorSummary problems={problems} attempt={state} headlines={headlines} />
      <Field id="name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
        {(field) => <Input {...field} name="name" defaultValue={typed.name} autoComplete="name" />}
      </Field>
      {confirm === null ? (
        <Field id="email" label={t("email")} hint={t("emailHint")} error={errorOf("email")}>
          {(field) => (
            <Input
              {...field}
              name="email"
              type="email"
              defaultValue={typed.email}
              autoComplete="email"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      ) : (
        <div>
          <p className="mb-2 font-medium">{t("email")}</p>
          <p className="wrap-anywhere">{profile.email}</p>
          <p className="mt-2 text-sm text-soft">
            {t.rich("emailConfirm", {
              link: (text) => <TextLink href={confirm}>{text}</TextLink>,
            })}
          </p>
        </div>
      )}
      <SubmitButton look="secondary" working={t("savingProfile")} className="min-w-36">
        {t("saveProfile")}
      </SubmitButton>
    </form>
  );
}
