"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { lazyJudge } from "@/components/form/lazy-judge";
import { problemsOf } from "@/components/form/problems-of";
import { useFields } from "@/components/form/use-fields";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Rule } from "@/lib/users/schema";
import { EditNotices } from "./edit-notices";
import type { SaveEdit } from "./edit-state";
import type { Snapshot } from "./snapshot";
import { useEdit } from "./use-edit";

const FIELDS = ["name", "email"] as const;

const judge = lazyJudge(async () => (await import("./judge-profile")).judgeProfile);

/** Name and e-mail address. Sends what it was read as, and lets a stale edit choose between theirs and its own. */
export function ProfileForm({
  userId,
  snapshot,
  save,
  headlines,
}: {
  userId: string;
  snapshot: Snapshot;
  save: SaveEdit;
  headlines: readonly string[];
}) {
  const t = useTranslations("userForms");
  const rules = useTranslations("rules");
  const edit = useEdit({
    fields: FIELDS,
    snapshot,
    save,
    isDirty: (read): boolean => {
      const typed = form.typed();
      return FIELDS.some((field) => typed[field] !== read[field]);
    },
    show: ({ name, email }) => form.put({ name, email }),
  });
  const [attempt, setAttempt] = useState(0);
  const form = useFields({
    initial: { name: edit.valueOf("name"), email: edit.valueOf("email") },
    judge,
    answer: edit.state,
    from: "blur",
  });
  const { problems, errorOf } = problemsOf(
    {
      kind: "problems",
      problems: FIELDS.map((field) => ({
        field,
        rule: form.broken[field] as Rule | undefined,
      })),
    },
    FIELDS,
    t,
    (rule) => rule && rules(rule, { min: 0 }),
  );
  const isRight = async () => {
    const right = (await form.check()).length === 0;
    if (!right) setAttempt((before) => before + 1);
    return right;
  };

  return (
    <form
      action={edit.send}
      onSubmit={edit.submit(isRight)}
      noValidate
      className="max-w-lg space-y-6"
    >
      <EditNotices userId={userId} edit={edit} onTaken={() => form.focus("name")} />
      {(attempt > 0 || edit.state.kind === "problems") && (
        <ErrorSummary
          problems={problems}
          attempt={attempt > 0 ? attempt : edit.state}
          headlines={headlines}
        />
      )}
      <Field id="name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
        {(field) => (
          <Input
            {...field}
            {...form.control("name")}
            defaultValue={edit.valueOf("name")}
            autoComplete="off"
          />
        )}
      </Field>
      <Field id="email" label={t("email")} hint={t("emailHint")} error={errorOf("email")}>
        {(field) => (
          <Input
            {...field}
            {...form.control("email")}
            defaultValue={edit.valueOf("email")}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <SubmitButton working={t("saving")} pending={edit.sending} className="min-w-36">
        {edit.saveLabel(t("save"))}
      </SubmitButton>
    </form>
  );
}
