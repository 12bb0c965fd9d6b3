"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { lazyResolver } from "@/components/form/lazy-resolver";
import { problemsOf } from "@/components/form/problems-of";
import { serverErrors } from "@/components/form/server-errors";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Rule } from "@/lib/users/schema";
import { EditNotices } from "./edit-notices";
import type { SaveEdit } from "./edit-state";
import type { Profile } from "./profile-resolver";
import type { Snapshot } from "./snapshot";
import { useEdit } from "./use-edit";

const FIELDS = ["name", "email"] as const;

const resolver = lazyResolver(async () => (await import("./profile-resolver")).profileResolver);

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
    isDirty: (): boolean => isDirty,
    show: (values, { name, email }) => {
      form.reset({ name, email });
      for (const field of FIELDS) form.setValue(field, values[field], { shouldDirty: true });
    },
  });
  const [attempt, setAttempt] = useState(0);
  const form = useForm<Profile>({
    resolver,
    errors: useMemo(() => serverErrors(edit.state), [edit.state]),
    defaultValues: { name: edit.read.name, email: edit.read.email },
    mode: "onTouched",
  });
  const { errors, isDirty } = form.formState;
  const { problems, errorOf } = problemsOf(
    {
      kind: "problems",
      problems: FIELDS.map((field) => ({
        field,
        rule: errors[field]?.message as Rule | undefined,
      })),
    },
    FIELDS,
    t,
    (rule) => rule && rules(rule, { min: 0 }),
  );
  const isRight = async () => {
    const right = await form.trigger();
    if (!right) setAttempt((before) => before + 1);
    return right;
  };

  return (
    <form
      action={edit.send}
      onSubmit={edit.submit(isRight)}
      noValidate
      className="max-w-2xl space-y-6"
    >
      <EditNotices userId={userId} edit={edit} onTaken={() => form.setFocus("name")} />
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
              {...form.register("name")}
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
              {...form.register("email")}
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
