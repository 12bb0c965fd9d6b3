"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useState } from "react";
import { Plus } from "@/components/ui/icons/plus";
import { Link } from "@/components/ui/link";
import type { Policy } from "@/lib/access/schema";
import type { FactorRequirement, RoleIssue } from "@/lib/roles/schema";
import { useScriptSent } from "../form/use-script-sent";
import { Button } from "../ui/button";
import { buttonStyle } from "../ui/button-style";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input, inputStyle } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type FactorDraft, factorDraftOf, requirementOf } from "./factor-draft";
import { FactorFields } from "./factor-fields";
import type { JudgeRole } from "./judge-role";
import { PolicyCard, policyElementId } from "./policy-card";
import {
  conditionField,
  conditionsOf,
  draftsOf,
  emptyPolicy,
  type PolicyDraft,
  policiesOf,
} from "./policy-draft";
import { RoleChanges } from "./role-changes";
import type { RoleFormState, TypedRole } from "./role-form-state";
import { RoleRefusal } from "./role-refusal";
import { useJudgeRole } from "./use-judge-role";
import { useLeaveGuard } from "./use-leave-guard";
import type { NamedRole } from "./use-role-words";

/** What is edited: its version is what a save is judged by. */
type EditedRole = {
  slug: string;
  name: string;
  etag: string;
  policies: Policy[];
  /** Whether the rules can read its policies. If not, they are mended as JSON. */
  readable: boolean;
  secondFactor: FactorRequirement | null;
};

const NOTHING: Pick<EditedRole, "name" | "policies" | "secondFactor"> = {
  name: "",
  policies: [],
  secondFactor: null,
};

const jsonOf = (policies: readonly unknown[]) => JSON.stringify(policies, null, 2);

function parsed(json: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return null;
  }
}

/** What was sent, of which the server has found that it is right. */
function writtenIn({ name, policies, secondFactor, graceDays }: TypedRole): typeof NOTHING {
  return {
    name,
    policies: parsed(policies)?.value as Policy[],
    secondFactor: secondFactor === "" ? null : { graceDays: Number(graceDays) },
  };
}

/** Everything wrong with what is written, by the schema that the server judges it by. */
function issuesOf(
  judge: JudgeRole,
  { name, json, factor }: { name: string; json: string; factor: FactorDraft },
): RoleIssue[] {
  const policies = parsed(json);
  return judge.issuesOf({
    name,
    policies: policies ? policies.value : null,
    secondFactor: requirementOf(factor),
  });
}

/**
 * A role's name and permissions. The permissions are one text of JSON, the form's own field, so that the form works
 * without JavaScript too; the cards above it read and write that text.
 *
 * @param children what saving means for those who have the role
 */
export function RoleForm({
  save,
  edited,
  start = NOTHING,
  roles,
  headlines,
  withoutFactor,
  children,
}: {
  save: (before: RoleFormState, form: FormData) => Promise<RoleFormState>;
  /** null: a new one. */
  edited: EditedRole | null;
  /** What a new one begins with. */
  start?: typeof NOTHING;
  /** Those that conditions can name. */
  roles: readonly NamedRole[];
  headlines: readonly string[];
  /** Who has no second factor yet. */
  withoutFactor?: ReactNode;
  children?: ReactNode;
}) {
  const t = useTranslations("rolesPage");
  const rules = useTranslations("rolesPage.rules");
  const { state, send, sending, submit } = useScriptSent(save, { kind: "idle" });
  const [initial] = useState(() => {
    // Without a script the page is drawn anew with the answer, which has what was typed.
    const begun = state.kind === "changes" ? writtenIn(state.typed) : (edited ?? start);
    const isAhead = state.kind !== "changes" && edited?.readable === false;
    const policies = isAhead ? [] : begun.policies;
    const drafts = draftsOf(policies);
    return {
      name: begun.name,
      json: state.kind === "changes" ? state.typed.policies : jsonOf(begun.policies),
      factor: factorDraftOf(begun.secondFactor),
      drafts,
      /** What the drafts stand for, as the server has read it. */
      policies: new Map(drafts.map((draft, index) => [draft, policies[index] ?? null])),
      isAhead,
    };
  });
  const { judge, load } = useJudgeRole(initial.isAhead);
  const [name, setName] = useState(initial.name);
  const [json, setJson] = useState(initial.json);
  const [factor, setFactor] = useState(initial.factor);
  const [drafts, setDrafts] = useState<PolicyDraft[]>(initial.drafts);
  /** The JSON is being edited and no valid policies yet: the cards show what it was before. */
  const [isAhead, setAhead] = useState(initial.isAhead);
  const [issues, setIssues] = useState<RoleIssue[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [jsonShown, setJsonShown] = useState(false);
  const jsonId = useId();

  useEffect(() => {
    if (state.kind !== "problems") return;
    setIssues(state.issues);
    setAttempt((count) => count + 1);
  }, [state]);

  const unsaved =
    name !== initial.name ||
    json !== initial.json ||
    factor.required !== initial.factor.required ||
    factor.days !== initial.factor.days;
  const question = useLeaveGuard(unsaved && !sending);

  /** Once something was found wrong, what is written is judged as it is written. */
  const judgeAgain = (next: { name?: string; json?: string; factor?: FactorDraft }) => {
    const written = { name, json, factor, ...next };
    if (attempt > 0 && judge) setIssues(issuesOf(judge, written));
  };
  const edit = (next: PolicyDraft[]) => {
    const text = jsonOf(policiesOf(next, judge?.emailOf));
    setDrafts(next);
    setJson(text);
    setAhead(false);
    judgeAgain({ json: text });
  };
  const editJson = (text: string) => {
    const read = (rules: JudgeRole | null) => {
      const policies = rules?.policiesOf(parsed(text)?.value) ?? null;
      setAhead(policies === null);
      if (policies) setDrafts(draftsOf(policies));
    };
    setJson(text);
    if (judge) read(judge);
    else void load().then(read);
    judgeAgain({ json: text });
  };
  /** What saving means, as long as nothing of it is written otherwise. */
  const seen =
    state.kind === "changes" &&
    state.typed.policies === json &&
    (state.typed.secondFactor !== "") === factor.required &&
    (!factor.required || state.typed.graceDays === factor.days)
      ? state
      : null;
  const isLoss = seen !== null && seen.preview.lost.length > 0;
  const policyOf = (draft: PolicyDraft) =>
    judge
      ? judge.policyOf(policiesOf([draft], judge.emailOf)[0])
      : (initial.policies.get(draft) ?? null);

  const factorRule = issues.find(({ path }) => path[0] === "secondFactor")?.rule;
  const nameRule = issues.find(({ path }) => path[0] === "name")?.rule;
  const aboutJson = isAhead
    ? judge
      ? issuesOf(judge, { name: "x", json, factor: initial.factor })
      : []
    : issues.filter(({ path }) => path[0] === "policies" && path.length === 1);
  const problemLabel = (index: number, field: string | number | undefined) => {
    const number = index + 1;
    const draft = drafts[index];
    const conditions = draft ? conditionsOf(draft) : [];
    const place = conditions.findIndex((one) => conditionField(one) === field);
    return place < 0
      ? t("permission", { number })
      : t("permissionCondition", { number, condition: place + 1 });
  };
  const problems = new Map<string, { id: string; label: string; text: string }>();
  for (const { path, rule } of issues) {
    const index = path[1];
    const place =
      path[0] === "name"
        ? { id: "name", label: t("name") }
        : path[0] === "secondFactor"
          ? { id: "graceDays", label: t("factor.days") }
          : isAhead || typeof index !== "number"
            ? { id: jsonId, label: t("jsonLabel") }
            : {
                id: policyElementId(path, drafts[index]),
                label: problemLabel(index, path[3]),
              };
    if (!problems.has(place.id)) problems.set(place.id, { ...place, text: rules(rule) });
  }

  return (
    <form
      action={send}
      noValidate
      className="space-y-10"
      onFocus={load}
      onSubmit={submit(async () => {
        const rules = await load();
        // The server of another build has no such script, and rules of its own that count anyway.
        if (rules === null) return true;
        const found = issuesOf(rules, { name, json, factor });
        setIssues(found);
        setAttempt((count) => count + 1);
        return found.length === 0;
      })}
    >
      {question}
      <RoleRefusal state={state} slug={edited?.slug} />
      <ErrorSummary problems={[...problems.values()]} attempt={attempt} headlines={headlines} />
      {edited && (
        <>
          <input type="hidden" name="slug" value={edited.slug} />
          <input type="hidden" name="etag" value={edited.etag} />
        </>
      )}
      <div className="max-w-md">
        <Field
          id="name"
          label={t("name")}
          hint={edited ? t("slug", { slug: edited.slug }) : t("nameHint")}
          error={nameRule && rules(nameRule)}
        >
          {(control) => (
            <Input
              {...control}
              name="name"
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                judgeAgain({ name: event.target.value });
              }}
              autoComplete="off"
            />
          )}
        </Field>
      </div>

      <section aria-labelledby="permissions">
        <h2 id="permissions" className="text-xl font-semibold">
          {t("permissions")}
        </h2>
        <p className="mt-1 mb-4 max-w-[70ch] text-soft">
          {t(drafts.length === 0 ? "noPermissions" : "permissionsHint")}
        </p>
        {isAhead && (
          <div className="mb-4">
            <Notice tone="warning">
              <p>{t("jsonAhead")}</p>
              <p className="mt-2">
                <Button size="sm" onClick={() => edit(drafts)}>
                  {t("jsonBack")}
                </Button>
              </p>
            </Notice>
          </div>
        )}
        <div inert={isAhead} className={isAhead ? "opacity-60" : ""}>
          <ol className="space-y-4">
            {drafts.map((draft, index) => (
              <PolicyCard
                key={draft.id}
                index={index}
                draft={draft}
                policy={policyOf(draft)}
                roles={roles}
                issues={
                  isAhead
                    ? []
                    : issues.filter(({ path }) => path[0] === "policies" && path[1] === index)
                }
                onChange={(changed) =>
                  edit(drafts.map((one) => (one.id === changed.id ? changed : one)))
                }
                onRemove={() => edit(drafts.filter(({ id }) => id !== draft.id))}
              />
            ))}
          </ol>
          <div className="mt-4">
            <Button onClick={() => edit([...drafts, emptyPolicy()])}>
              <Plus className="size-4" aria-hidden="true" />
              {t("addPermission")}
            </Button>
          </div>
        </div>

        <details
          className="mt-8"
          open={jsonShown || aboutJson.length > 0}
          onToggle={(event) => setJsonShown(event.currentTarget.open)}
        >
          <summary className="w-fit rounded font-medium">{t("json")}</summary>
          <div className="mt-3">
            <p id={`${jsonId}-hint`} className="mb-3 max-w-[70ch] text-sm text-soft">
              {t("jsonHint")}
            </p>
            <textarea
              id={jsonId}
              name="policies"
              aria-label={t("jsonLabel")}
              aria-describedby={`${jsonId}-hint ${jsonId}-problems`}
              {...(aboutJson.length > 0 && { "aria-invalid": true })}
              value={json}
              onChange={(event) => editJson(event.target.value)}
              rows={Math.min(24, Math.max(6, json.split("\n").length))}
              spellCheck={false}
              autoCapitalize="none"
              autoComplete="off"
              className={`${inputStyle} h-auto py-3 font-mono text-sm`}
            />
            <ul id={`${jsonId}-problems`} className="mt-2 space-y-1 text-sm text-danger">
              {parsed(json) === null ? (
                <li>{t("jsonBroken")}</li>
              ) : (
                aboutJson.map(({ path, rule }) => (
                  <li key={path.join(".")} className="wrap-anywhere">
                    <code className="font-mono">{path.join(".")}</code>: {rules(rule)}
                  </li>
                ))
              )}
            </ul>
          </div>
        </details>
      </section>

      <FactorFields
        draft={factor}
        onChange={(next) => {
          setFactor(next);
          judgeAgain({ factor: next });
        }}
        error={factorRule && rules(factorRule)}
      >
        {withoutFactor}
      </FactorFields>

      <div>
        {seen ? (
          <>
            <RoleChanges preview={seen.preview} roles={roles} />
            <input type="hidden" name="shown" value={seen.typed.shown} />
          </>
        ) : (
          children
        )}
        <div className="mt-4 flex flex-wrap gap-3">
          <SubmitButton
            working={t(edited ? "saving" : "creating")}
            pending={sending}
            look={isLoss ? "danger" : "primary"}
            className="min-w-36"
          >
            {t(isLoss ? "changes.saveLoss" : edited ? "save" : "create")}
          </SubmitButton>
          <Link href="/roles" className={buttonStyle({ look: "quiet" })}>
            {t("cancel")}
          </Link>
        </div>
      </div>
    </form>
  );
}

/** Why nothing was saved, other than for what is written in the form. */
