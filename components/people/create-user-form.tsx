"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { FormRefusal } from "@/components/form/form-refusal";
import type { Problems, Refused } from "@/components/form/form-state";
import { problemsOf } from "@/components/form/problems-of";
import { PasswordGuide } from "@/components/password/password-guide";
import { PasswordInput } from "@/components/password/password-input";
import type { PasswordWords } from "@/components/password/password-words";
import { buttonStyle } from "@/components/ui/button-style";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Rule } from "@/lib/users/schema";
import { EmailControl, RoleControl } from "./person-controls";

type Typed = { name: string; email: string; role: string };

/** What the server said to the last attempt; `typed` gives back everything but the password. */
export type CreateUserState =
  | { kind: "idle" }
  | ((Problems<Rule> | Refused<"signedOut" | "forbidden">) & { typed: Typed });

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

  const { problems, errorOf } = problemsOf(state, FIELDS, t, (rule) =>
    rules(rule, { min: minLength }),
  );

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
      <FormRefusal state={state} words={refusals} />
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
