"use client";

import { useTranslations } from "next-intl";
import {
  type FormEvent,
  startTransition,
  useActionState,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from "react";
import { type FieldErrors, type Resolver, useForm } from "react-hook-form";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toaster";
import type { Rule } from "@/lib/users/schema";
import { EditRefusal } from "./edit-refusal";
import { type EditState, type SaveEdit, valueAfter } from "./edit-state";
import type { Profile } from "./profile-resolver";
import type { Snapshot } from "./snapshot";
import { overlaps, StaleNotice } from "./stale-notice";

const FIELDS = ["name", "email"] as const;

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
  const t = useTranslations("userDetail");
  const rules = useTranslations("rules");
  const toast = useToast();
  const [state, send, sending] = useActionState(save, { kind: "idle" });
  const [read, setRead] = useState(snapshot);
  const [stale, setStale] = useState(state.kind === "stale" ? state : null);
  const [attempt, setAttempt] = useState(0);
  const form = useForm<Profile>({
    resolver: lazyResolver,
    errors: useMemo(() => fieldErrors(state), [state]),
    defaultValues: { name: read.name, email: read.email },
    mode: "onTouched",
  });
  const { errors, isDirty } = form.formState;

  const startFrom = (now: Snapshot) => {
    setRead(now);
    form.reset({ name: now.name, email: now.email });
  };
  const hear = useEffectEvent((answer: EditState) => {
    setStale(answer.kind === "stale" ? answer : null);
    if (answer.kind === "saved") {
      startFrom(answer.now);
      toast({ text: t("saved") });
    }
    if (answer.kind === "stale") {
      startFrom(answer.now);
      for (const field of FIELDS) {
        const value = valueAfter(answer, field, answer.now[field]);
        form.setValue(field, value, { shouldDirty: true });
      }
    }
  });
  useEffect(() => hear(state), [state]);

  // The page was drawn again because something else of the user changed. An edit that has begun keeps what it was
  // read as, unless nothing in it changed: then it is not stale.
  const follow = useEffectEvent((fresh: Snapshot) => {
    if (FIELDS.every((field) => fresh[field] === read[field])) setRead(fresh);
    else if (!isDirty) startFrom(fresh);
  });
  useEffect(() => follow(snapshot), [snapshot]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const data = new FormData(event.currentTarget);
    if (await form.trigger()) startTransition(() => send(data));
    else setAttempt((before) => before + 1);
  };
  const textOf = (field: keyof Profile) => {
    const rule = errors[field]?.message as Rule | undefined;
    return rule && rules(rule, { min: 0 });
  };
  const problems = FIELDS.flatMap((id) => {
    const text = textOf(id);
    return text ? [{ id, label: t(id), text }] : [];
  });

  return (
    <form action={send} onSubmit={submit} noValidate className="max-w-lg space-y-6">
      <input type="hidden" name="read" value={JSON.stringify(read)} />
      {stale && (
        <StaleNotice
          state={stale}
          userId={userId}
          onTakeTheirs={() => {
            startFrom(read);
            setStale(null);
            form.setFocus("name");
          }}
        />
      )}
      <EditRefusal state={state} name={read.name || read.email} />
      {(attempt > 0 || state.kind === "problems") && (
        <ErrorSummary
          problems={problems}
          attempt={attempt > 0 ? attempt : state}
          headlines={headlines}
        />
      )}
      <Field id="name" label={t("name")} hint={t("nameHint")} error={textOf("name")}>
        {(field) => (
          <Input
            {...field}
            {...form.register("name")}
            defaultValue={valueAfter(state, "name", read.name)}
            autoComplete="off"
          />
        )}
      </Field>
      <Field id="email" label={t("email")} hint={t("emailHint")} error={textOf("email")}>
        {(field) => (
          <Input
            {...field}
            {...form.register("email")}
            defaultValue={valueAfter(state, "email", read.email)}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <SubmitButton working={t("saving")} pending={sending} className="min-w-36">
        {stale === null ? t("save") : t(overlaps(stale) ? "saveOver" : "saveAgain")}
      </SubmitButton>
    </form>
  );
}

/** zod is large, and nothing needs it before a field is changed. */
const lazyResolver: Resolver<Profile> = async (...form) => {
  const rules = await import("./profile-resolver").catch(() => null);
  // The server of another build has no such script, and rules of its own that count anyway.
  return rules?.profileResolver(...form) ?? { values: form[0], errors: {} };
};

function fieldErrors(state: EditState): FieldErrors<Profile> {
  if (state.kind !== "problems") return {};
  // The first problem of each field is the one told.
  const lastFirst = [...state.problems].reverse();
  return Object.fromEntries(
    lastFirst.map(({ field, rule }) => [field, { type: "server", message: rule }]),
  );
}
