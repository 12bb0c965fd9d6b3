"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { problemsOf } from "@/components/form/problems-of";
import { serverErrors } from "@/components/form/server-errors";
import { useLazyForm } from "@/components/form/use-lazy-form";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Rule } from "@/lib/users/schema";
import { EditNotices } from "./edit-notices";
import type { SaveEdit } from "./edit-state";
import type { Profile } from "./make-profile-form";
import type { Snapshot } from "./snapshot";
import { useEdit } from "./use-edit";

const FIELDS = ["name", "email"] as const;

/** Name and e-mail address. Sends what it was read as, and lets a stale edit choose between theirs and its own. */
export function ProfileForm({
  userId,
  snapshot,
  fixed,
  save,
  headlines,
}: {
  userId: string;
  snapshot: Snapshot;
  /** What the reader may look at, and not change. */
  fixed: Record<(typeof FIELDS)[number], boolean>;
  save: SaveEdit;
  headlines: readonly string[];
}) {
  const t = useTranslations("userForms");
  const rules = useTranslations("rules");
  const edit = useEdit({
    fields: FIELDS,
    snapshot,
    save,
    isDirty: (read): boolean => FIELDS.some((field) => form.read(field) !== read[field]),
    show: (values): void => form.restart(values),
  });
  const [attempt, setAttempt] = useState(0);
  const shown = { name: edit.valueOf("name"), email: edit.valueOf("email") };
  const form = useLazyForm<Profile>({
    make: async () => (await import("./make-profile-form")).makeProfileForm(shown),
    told: useMemo(() => serverErrors(edit.state), [edit.state]),
    shown,
  });
  const { problems, errorOf } = problemsOf(
    {
      kind: "problems",
      problems: FIELDS.map((field) => ({
        field,
        rule: form.errors[field]?.message as Rule | undefined,
      })),
    },
    FIELDS,
    t,
    (rule) => rule && rules(rule, { min: 0 }),
  );
  const isRight = async () => {
    const right = (await form.check(FIELDS)).length === 0;
    if (!right) setAttempt((before) => before + 1);
    return right;
  };

  return (
    <form
      action={edit.send}
      onSubmit={edit.submit(isRight)}
      {...form.events}
      noValidate
      className="max-w-2xl space-y-6"
    >
      <EditNotices userId={userId} edit={edit} onTaken={() => form.focus("name")} />
      {(attempt > 0 || edit.state.kind === "problems") && (
        <ErrorSummary
          problems={problems}
          attempt={attempt > 0 ? attempt : edit.state}
          headlines={headlines}
        />
      )}
      <div className="grid items-start gap-6 sm:grid-cols-2">
        <Field id="name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
          {(field) => (
            <Input
              {...field}
              {...form.field("name")}
              defaultValue={edit.valueOf("name")}
              readOnly={fixed.name}
              autoComplete="off"
            />
          )}
        </Field>
        <Field
          id="email"
          label={t("email")}
          hint={t(fixed.email ? "emailFixed" : "emailHint")}
          error={errorOf("email")}
        >
          {(field) => (
            <Input
              {...field}
              {...form.field("email")}
              defaultValue={edit.valueOf("email")}
              type="email"
              readOnly={fixed.email}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      </div>
      <SubmitButton working={t("saving")} pending={edit.sending} className="min-w-36">
        {edit.saveLabel(t("save"))}
      </SubmitButton>
    </form>
  );
}
