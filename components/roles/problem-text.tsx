import { useTranslations } from "next-intl";
import { CircleAlert } from "@/components/ui/icons/circle-alert";
import type { RoleRule } from "@/lib/roles/schema";

/** What is wrong with a group of controls, right below it. Named by its id in their aria-describedby. */
export function ProblemText({ id, rule }: { id: string; rule: RoleRule | undefined }) {
  const t = useTranslations("rolesPage.rules");
  if (rule === undefined) return null;
  return (
    <p id={id} className="mt-2 flex gap-2 text-sm text-danger">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      {t(rule)}
    </p>
  );
}
