"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { FormRefusal } from "@/components/form-refusal";
import { PasswordGuide } from "@/components/password/password-guide";
import { PasswordInput } from "@/components/password/password-input";
import type { PasswordWords } from "@/components/password/password-words";
import { buttonStyle } from "@/components/ui/button-style";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { WaitReason } from "@/components/wait-text";
import type { Rule } from "@/lib/users/schema";
import { EmailControl, RoleControl } from "./person-controls";

type Typed = { name: string; email: string; role: string };

/** What the server said to the last attempt; `typed` gives back everything but the password. */
export type CreateUserState =
  | { kind: "idle" }
  | { kind: "problems"; problems: { field: string; rule: Rule }[]; typed: Typed }
  | { kind: "wait"; reason: WaitReason; retryAfter: number; typed: Typed }
  | { kind: "refused"; reason: "signedOut" | "unconfirmed" | "forbidden"; typed: Typed };

const FIELDS = ["name", "email", "role", "password"] as const;

export function CreateUserForm({
  createUser,
  roles,
  initialRole,
  minLength,
  passwordWords,
  headlines,
}: {
  createUser: (before: CreateUserState, form: FormData) => Promise<CreateUserState>;
  roles: readonly { value: string; label: string }[];
  initialRole: string;
  minLength: number;
  passwordWords: PasswordWords;
  headlines: readonly string[];
}) {
  const t = useTranslations("createUser");
  const rules = useTranslations("rules");
  const refusals = useTranslations("userActions");
  const [state, send] = useActionState(createUser, { kind: "idle" });
  const [person, setPerson] = useState({ name: "", email: "", password: "" });
  const typed = state.kind === "idle" ? { name: "", email: "", role: initialRole } : state.typed;

  const problems = FIELDS.flatMap((id) => {
    const found = state.kind === "problems" && state.problems.find(({ field }) => field === id);
    return found ? [{ id, label: t(id), text: rules(found.rule, { min: minLength }) }] : [];
  });
  const errorOf = (id: string) => problems.find((problem) => problem.id === id)?.text;

  return (
    <form
      action={send}
      noValidate
      className="max-w-md space-y-6"
      onChange={(event) => {
        const data = new FormData(event.currentTarget);
        const text = (name: string) => String(data.get(name) ?? "");
        setPerson({ name: text("name"), email: text("email"), password: text("password") });
      }}
    >
      {(state.kind === "wait" || state.kind === "refused") && (
        <FormRefusal state={state} words={(reason) => refusals(reason)} />
      )}
      <ErrorSummary problems={problems} attempt={state} headlines={headlines} />
      <Field id="name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
        {(field) => <Input {...field} name="name" defaultValue={typed.name} autoComplete="off" />}
      </Field>
      <Field id="email" label={t("email")} error={errorOf("email")}>
        {(field) => <EmailControl field={field} typed={typed.email} />}
      </Field>
      <Field id="role" label={t("role")} error={errorOf("role")}>
        {(field) => <RoleControl field={field} typed={typed.role} roles={roles} />}
      </Field>
      <div>
        <Field id="password" label={t("password")} error={errorOf("password")}>
          {(field) => (
            <PasswordInput
              {...field}
              name="password"
              autoComplete="new-password"
              words={passwordWords.toggle}
            />
          )}
        </Field>
        <PasswordGuide {...person} minLength={minLength} words={passwordWords} />
      </div>
      <div className="flex flex-wrap gap-3 pt-4">
        <SubmitButton working={t("submitting")} className="min-w-40">
          {t("submit")}
        </SubmitButton>
        <Link href="/users" className={buttonStyle({ look: "quiet" })}>
          {t("cancel")}
        </Link>
      </div>
    </form>
  );
}
