import { useFormatter, useTranslations } from "next-intl";
import { roleLabel } from "@/components/people/role-label";
import type { Policy } from "@/lib/access/schema";
import { policySentences } from "./policy-sentences";

/** What a role is called where conditions and lists name it. */
export type NamedRole = { slug: string; name: string };

/** The words for policies in the reader's language, with roles called by their names. */
export function useRoleWords(roles: readonly NamedRole[]) {
  const t = useTranslations("rolesPage");
  const names = useTranslations("roles");
  const format = useFormatter();
  const nameOf = (slug: string) => {
    const role = roles.find((one) => one.slug === slug);
    return role ? roleLabel(names, role) : slug;
  };
  return {
    nameOf,
    sentencesOf: (policy: Policy) => policySentences(t, format, nameOf, policy),
  };
}
