import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "../ui/notice";
import { roleLabel } from "../users/role-label";
import type { EditState } from "./edit-state";
import type { Snapshot } from "./snapshot";

type Stale = Extract<EditState, { kind: "stale" }>;
type Field = "name" | "email" | "role" | "status" | "metadata";
const FIELDS: readonly Field[] = ["name", "email", "role", "status", "metadata"];

const stored = (snapshot: Snapshot, field: Field) =>
  field === "role" ? snapshot.role.slug : snapshot[field];

/** The fields that somebody else changed since, with what was typed where the reader changed them too. */
export function differences({ read, now, typed }: Stale): { field: Field; yours: string | null }[] {
  if (read === null) return [];
  return FIELDS.filter((field) => stored(read, field) !== stored(now, field)).map((field) => {
    const own = field === "role" || field === "status" ? undefined : typed[field];
    const touched = own !== undefined && own !== stored(read, field);
    return { field, yours: touched && own !== stored(now, field) ? own : null };
  });
}

/** Tells a stale edit exactly what changed since, and leaves the choice. Takes the focus when it appears. */
export function StaleNotice({
  state,
  userId,
  onTakeTheirs,
}: {
  state: Stale;
  userId: string;
  onTakeTheirs: () => void;
}) {
  const t = useTranslations("userDetail");
  const roles = useTranslations("roles");
  const statuses = useTranslations("users");
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer of the server is news
  useEffect(() => notice.current?.focus(), [state]);
  const changed = differences(state);
  const { read, now } = state;
  const shown = (snapshot: Snapshot, field: Field) => {
    if (field === "role") return roleLabel(roles, snapshot.role);
    if (field === "status") return statuses(snapshot.status);
    return snapshot[field] === "" ? t("empty") : snapshot[field];
  };
  return (
    <Notice ref={notice} tone="warning" role="alert" tabIndex={-1}>
      <p className="font-medium wrap-anywhere">
        {state.by === null ? t("staleTitle") : t("staleBy", { who: state.by })}
      </p>
      <p className="mt-1">{t("staleText")}</p>
      {read === null || changed.length === 0 ? (
        <p className="mt-3">{t("staleNothing")}</p>
      ) : (
        <dl className="mt-3 space-y-3">
          {changed.map(({ field, yours }) => (
            <div key={field}>
              <dt className="font-medium">{t(field)}</dt>
              <Side
                label={t("staleBefore")}
                value={shown(read, field)}
                code={field === "metadata"}
              />
              <Side label={t("staleNow")} value={shown(now, field)} code={field === "metadata"} />
              {yours !== null && (
                <Side
                  label={t("staleYours")}
                  value={yours === "" ? t("empty") : yours}
                  code={field === "metadata"}
                />
              )}
            </div>
          ))}
        </dl>
      )}
      <p className="mt-3">
        {changed.some(({ yours }) => yours !== null) ? t("staleOverlap") : t("staleApart")}
      </p>
      <p className="mt-3">
        <a
          href={`/users/${userId}`}
          className="rounded font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
          onClick={(event) => {
            event.preventDefault();
            onTakeTheirs();
          }}
        >
          {t("staleTake")}
        </a>
      </p>
    </Notice>
  );
}

function Side({ label, value, code }: { label: string; value: string; code: boolean }) {
  return (
    <dd className="grid gap-x-4 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      <span className="text-soft">{label}</span>
      {code ? (
        <pre className="max-h-48 overflow-y-auto font-mono whitespace-pre-wrap wrap-anywhere">
          {value}
        </pre>
      ) : (
        <bdi className="wrap-anywhere">{value}</bdi>
      )}
    </dd>
  );
}
