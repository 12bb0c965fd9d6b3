import type { useTranslations } from "next-intl";
import { FILTERS, type ListQuery } from "./list-query";

export type Option = { value: string; label: string };
type Words = ReturnType<typeof useTranslations<"usersList">>;
type UserWords = ReturnType<typeof useTranslations<"users">>;

/** What the filters offer, in words. A value of the address that is not offered is listed all the same. */
export function filterOptions(words: Words, users: UserWords, roles: readonly Option[]) {
  return {
    role: roles,
    status: (["active", "invited", "disabled"] as const).map((value) => ({
      value,
      label: users(value),
    })),
    activity: (["never", "inactive"] as const).map((value) => ({ value, label: words(value) })),
  };
}

export const SORTS = [
  "-createdAt",
  "createdAt",
  "name",
  "-name",
  "email",
  "-email",
  "-lastLoginAt",
  "lastLoginAt",
] as const;

/** The filters that hold, each with its sentence. */
export function activeFilters(
  words: Words,
  query: ListQuery,
  options: ReturnType<typeof filterOptions>,
): { name: (typeof FILTERS)[number]; text: string }[] {
  return FILTERS.flatMap((name) => {
    const value = query[name].trim();
    if (value === "") return [];
    const label =
      name === "search"
        ? value
        : (options[name].find((option) => option.value === value)?.label ?? value);
    return [{ name, text: words(`filter.${name}`, { value: label }) }];
  });
}
