"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { PasswordInput } from "../ui/password-input";
import { SubmitButton } from "../ui/submit-button";
import { type WaitReason, waitText } from "../wait-text";

/** What the server said to the last attempt. */
export type SignInState =
  | { kind: "idle" }
  | { kind: "refused"; reason: "missing" | "invalidCredentials"; email: string }
  | { kind: "wait"; reason: WaitReason; retryAfter: number; email: string };

/** E-mail and password. One answer for every failure; the e-mail stays, the password goes. */
export function SignInForm({
  signIn,
  next,
}: {
  signIn: (before: SignInState, form: FormData) => Promise<SignInState>;
  next: string;
}) {
  const t = useTranslations("signIn");
  const waiting = useTranslations("waiting");
  const [state, send] = useActionState(signIn, { kind: "idle" });
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.kind !== "idle") notice.current?.focus();
  }, [state]);
  return (
    <form action={send} className="mt-8 max-w-sm space-y-6">
      {state.kind !== "idle" && (
        <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
          {state.kind === "wait"
            ? waitText(waiting, state.reason, state.retryAfter)
            : t(state.reason)}
        </Notice>
      )}
      <input type="hidden" name="next" value={next} />
      <Field id="email" label={t("email")}>
        {(field) => (
          <Input
            {...field}
            name="email"
            type="email"
            required
            defaultValue={state.kind === "idle" ? "" : state.email}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field id="password" label={t("password")}>
        {(field) => (
          <PasswordInput {...field} name="password" required autoComplete="current-password" />
        )}
      </Field>
      <SubmitButton working={t("submitting")} className="w-full">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
