"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef, useState } from "react";
import { EmailControl, RoleControl } from "@/components/people/person-controls";
import type { Rule } from "@/lib/users/schema";
import { FormRefusal } from "../form/form-refusal";
import type { Problems, Refused } from "../form/form-state";
import { problemsOf } from "../form/problems-of";
import { buttonStyle } from "../ui/button-style";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { SubmitButton } from "../ui/submit-button";
import type { LinkReceiptData } from "./link-change";
import { LinkReceipt } from "./link-receipt";

type Typed = { email: string; name: string; role: string };

/** What the server said to the last attempt; `typed` gives back what may be corrected. */
export type InviteState =
  | { kind: "idle" }
  | { kind: "invited"; receipt: LinkReceiptData }
  | ((Problems<Rule> | Refused<"signedOut" | "forbidden">) & { typed: Typed });

type Props = {
  invite: (before: InviteState, form: FormData) => Promise<InviteState>;
  roles: readonly { value: string; label: string }[];
  initialRole: string;
  headlines: readonly string[];
};

const FIELDS = ["email", "name", "role"] as const;

/** Invites one person, shows the link once, and is ready for the next. */
export function InviteForm(props: Props) {
  const [round, setRound] = useState(0);
  return <Round key={round} {...props} again={() => setRound(round + 1)} />;
}

function Round({ invite, roles, initialRole, headlines, again }: Props & { again: () => void }) {
  const t = useTranslations("links");
  const rules = useTranslations("rules");
  const [state, send] = useActionState(invite, { kind: "idle" });
  if (state.kind === "invited") return <Invited receipt={state.receipt} again={again} />;

  const typed = state.kind === "idle" ? { email: "", name: "", role: initialRole } : state.typed;
  const { problems, errorOf } = problemsOf(state, FIELDS, t, (rule) => rules(rule));
  return (
    <form action={send} noValidate className="max-w-md space-y-6">
      <FormRefusal state={state} words={t} />
      <ErrorSummary problems={problems} attempt={state} headlines={headlines} />
      <Field id="email" label={t("email")} error={errorOf("email")}>
        {(field) => <EmailControl field={field} typed={typed.email} />}
      </Field>
      <Field id="name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
        {(field) => <Input {...field} name="name" defaultValue={typed.name} autoComplete="off" />}
      </Field>
      <Field id="role" label={t("role")} error={errorOf("role")}>
        {(field) => <RoleControl field={field} typed={typed.role} roles={roles} />}
      </Field>
      <SubmitButton working={t("inviting")} className="min-w-40">
        {t("invite")}
      </SubmitButton>
    </form>
  );
}

function Invited({ receipt, again }: { receipt: LinkReceiptData; again: () => void }) {
  const t = useTranslations("links");
  const receiptWords = useTranslations("linkReceipt");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="max-w-xl rounded border border-line bg-surface p-6">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold wrap-anywhere">
        {t("invitedTitle", { email: receipt.email })}
      </h2>
      <p className="mt-1 mb-6 text-soft">{receiptWords("handOver")}</p>
      <LinkReceipt receipt={receipt} />
      {/* A link, so that it works without a script as well: the page begins anew. */}
      <a
        href="/users/invite"
        className={buttonStyle({ look: "primary", className: "mt-6" })}
        onClick={(event) => {
          event.preventDefault();
          again();
        }}
      >
        {t("inviteAnother")}
      </a>
    </section>
  );
}
