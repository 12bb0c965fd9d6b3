import { useFormatter, useTranslations } from "next-intl";
import type { RoleFigures } from "@/lib/statistics/statistics-view";
import { roleLabel } from "../people/role-label";
import { Badge } from "../ui/badge";
import { TextLink } from "../ui/text-link";
import { Card } from "./card";
import { PlotTable } from "./plot-table";

/** The others are in the table. */
const SHOWN = 4;

const unprotected = (role: RoleFigures) => role.active - role.withSecondFactor;

/** Who is unprotected? Of each role, how many of its active holders have a second factor. */
export function FactorCoverage({
  roles,
  admin,
  linked,
  className,
}: {
  roles: readonly RoleFigures[];
  /** The slug of the role that stands first, whoever is unprotected. */
  admin: string;
  /** Whether a role's name leads to its page. */
  linked: boolean;
  className?: string;
}) {
  const t = useTranslations("home.factors");
  const home = useTranslations("home");
  const names = useTranslations("roles");
  const format = useFormatter();
  const isAdmin = ({ slug }: RoleFigures) => Number(slug === admin);
  const sorted = roles.toSorted(
    (a, b) => isAdmin(b) - isAdmin(a) || unprotected(b) - unprotected(a),
  );
  const named = (role: RoleFigures) => <bdi>{roleLabel(names, role)}</bdi>;
  return (
    <Card id="factors" title={t("title")} {...(className && { className })}>
      <ul className="mt-4 space-y-4">
        {sorted.slice(0, SHOWN).map((role) => (
          <li key={role.slug}>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 wrap-anywhere">
                {linked ? (
                  <TextLink href={`/roles/${role.slug}`}>{named(role)}</TextLink>
                ) : (
                  named(role)
                )}
                {role.secondFactorRequired && <Badge>{t("required")}</Badge>}
              </span>
              <span className="text-sm text-soft tabular-nums">
                {t("covered", {
                  count: format.number(role.withSecondFactor),
                  of: format.number(role.active),
                })}
              </span>
            </div>
            <svg width="100%" height="8" aria-hidden="true" className="mt-2 block rounded">
              <rect width="100%" height="8" className="fill-line" />
              <rect
                width={`${((100 * role.withSecondFactor) / role.active).toFixed(2)}%`}
                height="8"
                className="fill-plot"
              />
            </svg>
          </li>
        ))}
      </ul>
      <PlotTable
        summary={home("table")}
        head={[t("role"), t("with"), t("without")]}
        rows={sorted.map((role) => [
          roleLabel(names, role),
          format.number(role.withSecondFactor),
          format.number(unprotected(role)),
        ])}
      />
    </Card>
  );
}
