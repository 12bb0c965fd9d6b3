"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { buttonStyle } from "../ui/button-style";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { SubmitButton } from "../ui/submit-button";

export type LeaveState = { kind: "idle" | "mismatch" } | Refused<"forbidden" | "lastAdmin">;

/** Deletes one's own account, once its address was typed. */
export function LeaveForm({
  email,
  leave,
  open,
}: {
  email: string;
  leave: (before: LeaveState, form: FormData) => Promise<LeaveState>;
  /** Whether it is asked for already. */
  open: boolean;
}) {
  const t = useTranslations("accountPage");
  const [state, send] = useActionState(leave, { kind: "idle" });
  return (
    <details open={open || state.kind !== "idle"}>
      <summary className={buttonStyle({ className: "w-fit border-danger text-danger" })}>
        {t("leaveOpen")}
      </summary>
      <form action={send} noValidate className="mt-6 max-w-md space-y-6">
        <FormRefusal state={state} words={(reason) => t(`leaveRefused_${reason}`)} />
        <Field
          id="leave-email"
          label={<span className="wrap-anywhere">{t("leaveType", { email })}</span>}
          error={state.kind === "mismatch" ? t("leaveMismatch") : undefined}
        >
          {(field) => (
            <Input
              {...field}
              name="email"
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
            />
          )}
        </Field>
        <SubmitButton look="danger" working={t("leaving")}>
          {t("leaveConfirm")}
        </SubmitButton>
      </form>
    </details>
  );
}
