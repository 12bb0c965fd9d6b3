"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef, useState } from "react";
import { FormRefusal } from "@/components/form/form-refusal";
import type { Problems, Refused } from "@/components/form/form-state";
import { problemsOf } from "@/components/form/problems-of";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input, inputStyle } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useCopy } from "@/components/use-copy";
import type { TokenRule } from "@/lib/tokens/schema";
import { abilityText } from "./token-words";

const EXPIRY_DAYS = ["7", "30", "90", "365", "never"] as const;

type Typed = { name: string; abilities: string[]; expires: string };

/** What came of asking for a token; `secret` is all of it, and it is told this once. */
export type CreateTokenState =
  | { kind: "idle" }
  | { kind: "made"; name: string; secret: string }
  | ((Problems<TokenRule> | Refused<"forbidden" | "signedOut" | "tooMany">) & { typed: Typed });

const FIELDS = ["name", "abilities", "expires"] as const;

const FRESH: Typed = { name: "", abilities: ["*"], expires: "90" };

/** Makes an API token for oneself and shows it once. */
export function CreateTokenForm({
  create,
  abilities,
  headlines,
}: {
  create: (before: CreateTokenState, form: FormData) => Promise<CreateTokenState>;
  abilities: readonly string[];
  headlines: readonly string[];
}) {
  const t = useTranslations("tokens");
  const [state, send] = useActionState(create, { kind: "idle" });
  const [put, setPut] = useState<CreateTokenState>();
  const typed = state.kind === "idle" || state.kind === "made" ? FRESH : state.typed;
  const [all, setAll] = useState(typed.abilities.includes("*"));
  useEffect(() => setAll(typed.abilities.includes("*")), [typed]);

  if (state.kind === "made" && put !== state) {
    return <MadeToken name={state.name} secret={state.secret} onDone={() => setPut(state)} />;
  }
  const { problems, errorOf } = problemsOf(
    state,
    FIELDS,
    t,
    (rule) => t(`rules.${rule}`),
    (field) => `token-${field === "abilities" ? abilities[0] : field}`,
  );

  return (
    <form action={send} noValidate className="max-w-md space-y-6">
      <FormRefusal state={state} words={t} />
      <ErrorSummary problems={problems} attempt={state} headlines={headlines} />
      <Field id="token-name" label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
        {(field) => <Input {...field} name="name" defaultValue={typed.name} autoComplete="off" />}
      </Field>
      <fieldset aria-describedby="token-abilities-hint">
        <legend className="mb-2 font-medium">{t("abilities")}</legend>
        {/* React resets a form after its action; the key lets the boxes start from what was chosen. */}
        <div key={typed.abilities.join()} className="space-y-1">
          {abilities.map((ability) => (
            <label key={ability} className="flex min-h-9 items-center gap-3">
              <input
                type="checkbox"
                id={`token-${ability}`}
                name="abilities"
                value={ability}
                defaultChecked={typed.abilities.includes(ability)}
                disabled={all && ability !== "*"}
                onChange={(event) => {
                  if (ability === "*") setAll(event.target.checked);
                }}
                className="size-4 shrink-0 accent-ink disabled:opacity-40"
              />
              <span className={all && ability !== "*" ? "text-soft" : ""}>
                {abilityText(t, ability)}
              </span>
            </label>
          ))}
        </div>
        {errorOf("abilities") && <p className="mt-2 text-sm text-danger">{errorOf("abilities")}</p>}
        <p id="token-abilities-hint" className="mt-2 text-sm text-soft">
          {t("abilitiesHint")}
        </p>
      </fieldset>
      <Field id="token-expires" label={t("expires")} error={errorOf("expires")}>
        {(field) => (
          <select
            {...field}
            key={typed.expires}
            name="expires"
            defaultValue={typed.expires}
            className={inputStyle}
          >
            {EXPIRY_DAYS.map((days) => (
              <option key={days} value={days}>
                {t(`expires_${days}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SubmitButton look="secondary" working={t("making")} className="min-w-36">
        {t("make")}
      </SubmitButton>
    </form>
  );
}

/** The token itself, this once. Takes the focus, so that it is not missed. */
function MadeToken({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  const t = useTranslations("tokens");
  const { copied, copy } = useCopy();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <Notice tone="warning" role="alert">
      <p className="font-medium">{t("madeTitle")}</p>
      <p className="mt-1 wrap-anywhere">{t("madeText", { name })}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Input
          ref={field}
          readOnly
          value={secret}
          aria-label={t("token")}
          onFocus={(event) => event.target.select()}
          className="flex-1 basis-64 font-mono text-sm"
        />
        <Button className="min-w-24" onClick={() => copy(secret)}>
          {copied ? t("copied") : t("copy")}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t("done")}
        </Button>
      </div>
      <span className="sr-only" role="status">
        {copied && t("copied")}
      </span>
    </Notice>
  );
}
