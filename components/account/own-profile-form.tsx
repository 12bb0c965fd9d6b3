"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import type { Rule } from "@/lib/users/schema";
import { ConfirmFirst } from "../confirm-first";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextLink } from "../ui/text-link";
import { type WaitReason, waitText } from "../wait-text";

const FIELDS = ["name", "email"] as const;

/** A profile as it was read; `version` is its entity tag. */
export type OwnProfile = { name: string; email: string; version: string };
type Typed = { name: string; email?: string };

/** What came of saving; `typed` gives back what was sent, so that nothing is lost. */
export type OwnProfileState =
  | { kind: "idle" }
  | { kind: "problems"; problems: { field: string; rule: Rule }[]; typed: Typed }
  /** Somebody else changed it since; `now` is how it stands. */
  | { kind: "stale"; now: OwnProfile; typed: Typed }
  | { kind: "unconfirmed"; typed: Typed }
  | { kind: "wait"; reason: WaitReason; retryAfter: number; typed: Typed };

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
  const waiting = useTranslations("waiting");
  const [state, send] = useActionState(save, { kind: "idle" });
  const typed = { ...profile, ...(state.kind !== "idle" && state.typed) };
  const { version } = state.kind === "stale" ? state.now : profile;

  const problems = FIELDS.flatMap((id) => {
    const found = state.kind === "problems" && state.problems.find(({ field }) => field === id);
    return found ? [{ id, label: t(id), text: rules(found.rule, { min: 0 }) }] : [];
  });
  const errorOf = (id: string) => problems.find((problem) => problem.id === id)?.text;

  return (
    <form action={send} noValidate className="max-w-md space-y-6">
      <input type="hidden" name="version" value={version} />
      {saved && state.kind === "idle" && (
        <Notice tone="ok" role="status">
          {t("saved")}
        </Notice>
      )}
      {state.kind === "wait" && (
        <Notice tone="danger" role="alert">
          {waitText(waiting, state.reason, state.retryAfter)}
        </Notice>
      )}
      {state.kind === "unconfirmed" && (
        <Notice tone="danger" role="alert">
          <ConfirmFirst />
        </Notice>
      )}
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
