import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { BulkAction, BulkRequest } from "@/lib/bulk/bulk-request";
import type { BulkPreview } from "@/lib/bulk/preview-change";
import { useRefusalText } from "../form/use-refusal-text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input, inputStyle } from "../ui/input";
import { Notice } from "../ui/notice";
import { Spinner } from "../ui/spinner";
import { SubmitButton } from "../ui/submit-button";
import type { BulkAnswer } from "./bulk-run";

/** Says who would change and who would not, names the consequence, and asks. */
export function BulkDialog({
  action,
  answer,
  roles,
  working,
  onRole,
  onConfirm,
  onClose,
}: {
  action: BulkAction;
  /** Undefined while nothing is known yet. */
  answer: BulkAnswer | undefined;
  roles: readonly { value: string; label: string }[];
  working: boolean;
  onRole: (role: string) => void;
  onConfirm: (request: BulkRequest, expected: number) => void;
  onClose: () => void;
}) {
  const t = useTranslations("bulk");
  const [role, setRole] = useState("");
  const [typed, setTyped] = useState<string>();
  const preview =
    answer?.kind === "previewed" || answer?.kind === "selectionChanged"
      ? answer.preview
      : undefined;
  const changed = preview?.changed ?? 0;
  const word = String(changed);
  const mustType = action === "delete" && changed > 0;

  return (
    <Dialog
      title={changed > 0 ? t(`title_${action}`, { count: changed }) : t(action)}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (working || !preview) return;
          const data = new FormData(event.currentTarget);
          if (mustType && data.get("word") !== word) return setTyped(String(data.get("word")));
          onConfirm(requestFrom(action, data), preview.total);
        }}
      >
        <p className="mt-3 text-soft">{t(`text_${action}`)}</p>
        {action === "changeRole" && (
          <div className="mt-6">
            <Field id="bulk-role" label={t("role")}>
              {(field) => (
                <select
                  {...field}
                  name="role"
                  value={role}
                  className={inputStyle}
                  onChange={(event) => {
                    setRole(event.target.value);
                    onRole(event.target.value);
                  }}
                >
                  {role === "" && <option value="" />}
                  {roles.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        )}
        <div className="mt-6 space-y-4" aria-live="polite" aria-busy={working}>
          {answer === undefined && working && (
            <p className="flex items-center gap-3 text-soft">
              <Spinner /> {t("counting")}
            </p>
          )}
          {answer && <Answer action={action} answer={answer} />}
        </div>
        {action === "disable" && changed > 0 && (
          <div className="mt-6">
            <Field id="bulk-reason" label={t("reason")} hint={t("reasonHint")}>
              {(field) => <Input {...field} name="reason" maxLength={500} autoComplete="off" />}
            </Field>
          </div>
        )}
        {mustType && (
          <div className="mt-6">
            <Field
              id="bulk-word"
              label={t("confirmLabel", { word })}
              error={typed === undefined ? undefined : t("confirmWrong", { word })}
            >
              {(field) => <Input {...field} name="word" inputMode="numeric" autoComplete="off" />}
            </Field>
          </div>
        )}
        <div className="mt-8 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{t(changed > 0 ? "cancel" : "close")}</Button>
          {changed > 0 && (
            <SubmitButton
              look={action === "disable" || action === "delete" ? "danger" : "primary"}
              className="max-w-full"
              working={t("starting")}
              pending={working}
            >
              {t(`confirm_${action}`, { count: changed })}
            </SubmitButton>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function requestFrom(action: BulkAction, data: FormData): BulkRequest {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  switch (action) {
    case "disable":
      return { action, reason: text("reason") };
    case "changeRole":
      return { action, role: text("role") };
    default:
      return { action };
  }
}

function Answer({ action, answer }: { action: BulkAction; answer: BulkAnswer }) {
  const t = useTranslations("bulk");
  const refusalText = useRefusalText();
  switch (answer.kind) {
    case "previewed":
      return <Preview action={action} preview={answer.preview} />;
    case "selectionChanged":
      return (
        <>
          <Notice tone="warning" role="alert">
            {t("selectionChanged")}
          </Notice>
          <Preview action={action} preview={answer.preview} />
        </>
      );
    case "started":
      return null;
    case "tooMany":
      return (
        <Notice tone="danger" role="alert">
          {t("tooMany", { max: answer.max })}
        </Notice>
      );
    default:
      return (
        <Notice tone="danger" role="alert">
          {refusalText(answer, t)}
        </Notice>
      );
  }
}

function Preview({ action, preview }: { action: BulkAction; preview: BulkPreview }) {
  const t = useTranslations("bulk");
  const format = useFormatter();
  const { changed, unchanged, users, rejected } = preview;
  const rest = changed - users.length;
  return (
    <>
      {changed === 0 && <p className="font-medium">{t("nobodyChanges")}</p>}
      {users.length > 0 && (
        <ul
          aria-label={t("willChange", { count: changed })}
          className="rounded border border-line px-3 py-2 text-sm leading-6"
        >
          {users.map((user) => (
            <li key={user.id} className="flex flex-wrap gap-x-3">
              <bdi className="max-w-full truncate">{user.name ?? user.email}</bdi>
              {user.name && <span className="max-w-full truncate text-soft">{user.email}</span>}
            </li>
          ))}
          {rest > 0 && <li className="text-soft">{t("andMore", { count: rest })}</li>}
        </ul>
      )}
      {unchanged > 0 && (
        <p className="text-soft tabular-nums">{t(`unchanged_${action}`, { count: unchanged })}</p>
      )}
      {rejected.map(({ reason, count, users: some }) => {
        const names = some.map((user) => user.name ?? user.email);
        if (count > some.length) names.push(t("andMore", { count: count - some.length }));
        return (
          <p key={reason} className="border-s-2 border-warning ps-3 wrap-anywhere">
            {t(`refused_${reason}`, { count, names: format.list(names) })}
          </p>
        );
      })}
    </>
  );
}
