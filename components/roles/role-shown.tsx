import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Lock } from "@/components/ui/icons/lock";
import type { RoleView } from "@/lib/roles/role-view";
import { useAllSentences } from "./use-all-sentences";
import type { NamedRole } from "./use-role-words";

/** A role that its reader cannot change: why not, what it allows, and the same as JSON. */
export function RoleShown({
  role,
  reason,
  named,
  children,
}: {
  role: RoleView;
  reason: "predefined" | "mayNot" | "beyondOwn";
  named: readonly NamedRole[];
  /** What it asks of how its holders sign in. */
  children: ReactNode;
}) {
  const t = useTranslations("rolesPage");
  const sentences = useAllSentences(named)(role.policies);
  return (
    <div className="max-w-3xl space-y-8">
      <p className="flex gap-3 rounded border border-line bg-surface px-4 py-3">
        <Lock className="mt-0.5 size-5 shrink-0 text-soft" aria-hidden="true" />
        <span className="min-w-0 text-pretty">{t(`readOnly.${reason}`)}</span>
      </p>
      <section aria-labelledby="permissions">
        <h2 id="permissions" className="text-xl font-semibold">
          {t("permissions")}
        </h2>
        {sentences === null || sentences.length === 0 ? (
          <p className="mt-3 text-soft">
            {t(sentences === null ? "allowsUnknown" : "allowsNothing")}
          </p>
        ) : (
          <ol className="mt-3 divide-y divide-line rounded border border-line bg-surface">
            {sentences.map((sentence, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two policies may say the same, and none of them moves
              <li key={place} className="px-4 py-3 wrap-anywhere">
                {sentence}
              </li>
            ))}
          </ol>
        )}
      </section>
      <details>
        <summary className="w-fit rounded font-medium">{t("json")}</summary>
        <pre className="mt-3 rounded border border-line bg-sunken p-4 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify(role.policies, null, 2)}
        </pre>
      </details>
      {children}
    </div>
  );
}
