import type { useTranslations } from "next-intl";

/** A role's name in the reader's language where the role is one of ours, as its maker wrote it otherwise. */
export function roleLabel(
  t: ReturnType<typeof useTranslations<"roles">>,
  role: { slug: string; name: string },
): string {
  switch (role.slug) {
    case "predefined_super_admin":
    case "predefined_user":
      return t(role.slug);
    default:
      return role.name;
  }
}
