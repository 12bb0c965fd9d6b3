import { useTranslations } from "next-intl";
import { roleLabel } from "@/components/people/role-label";
import { Alert } from "@/components/ui/alert";
import { type Difference, differences } from "./differences";
import type { EditState } from "./edit-state";

/** Tells a stale edit exactly what changed since, and leaves the choice. Takes the focus when it appears. */
export function StaleNotice({
  state,
  userId,
  onTakeTheirs,
}: {
  state: Extract<EditState, { kind: "stale" }>;
  userId: string;
  onTakeTheirs: () => void;
}) {
  const t = useTranslations("userForms");
  const roles = useTranslations("roles");
  const statuses = useTranslations("users");
  const changed = differences(state);

  const shown = ({ field }: Difference, value: string | null) => {
    if (value === null) return t("staleNothing");
    const role = [state.read?.role, state.now.role].find((known) => known?.slug === value);
    if (field === "role" && role) return roleLabel(roles, role);
    if (field === "status") return statuses(value as "active" | "disabled" | "invited");
    return value;
  };
  return (
    <Alert tone="warning" attempt={state}>
      <p className="font-medium wrap-anywhere">
        {state.by === null ? t("staleTitle") : t("staleBy", { who: state.by })}
      </p>
      <p className="mt-1">{t("staleText")}</p>
      {changed.length === 0 ? (
        <p className="mt-3">{t("staleUnseen")}</p>
      ) : (
        <dl className="mt-3 space-y-3">
          {changed.map((difference) => {
            const { field, key, before, now, yours } = difference;
            const code = field === "metadata";
            return (
              <div key={`${field} ${key}`}>
                <dt className="font-medium wrap-anywhere">
                  {field === "metadata" ? t("staleMetadata", { key }) : t(field)}
                </dt>
                <Side label={t("staleBefore")} value={shown(difference, before)} code={code} />
                <Side label={t("staleNow")} value={shown(difference, now)} code={code} />
                {yours !== undefined && (
                  <Side label={t("staleYours")} value={shown(difference, yours)} code={code} />
                )}
              </div>
            );
          })}
        </dl>
      )}
      <p className="mt-3">{overlaps(state) ? t("staleOverlap") : t("staleApart")}</p>
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
    </Alert>
  );
}

/** Whether saving a stale edit would overrule what somebody else has just stored. */
export function overlaps(state: Extract<EditState, { kind: "stale" }>): boolean {
  return differences(state).some(({ yours }) => yours !== undefined);
}

function Side({ label, value, code }: { label: string; value: string; code: boolean }) {
  return (
    <dd className="grid gap-x-4 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      <span className="text-soft">{label}</span>
      <bdi className={`wrap-anywhere ${code ? "font-mono" : ""}`}>{value}</bdi>
    </dd>
  );
}
