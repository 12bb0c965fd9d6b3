import type { useTranslations } from "next-intl";
import { DAYS, FILTERS, type ListQuery, SEVERAL, toggled, valuesOf } from "./list-query";

export type Option = { value: string; label: string };
type Words = ReturnType<typeof useTranslations<"usersList">>;
type UserWords = ReturnType<typeof useTranslations<"users">>;

/** What the filters offer, in words. */
export function filterOptions(words: Words, users: UserWords, roles: readonly Option[]) {
  return {
    role: roles,
    status: (["active", "invited", "disabled"] as const).map((value) => ({
      value,
      label: users(value),
    })),
    activity: (["never", "inactive"] as const).map((value) => ({ value, label: words(value) })),
    secondFactor: (["yes", "no"] as const).map((value) => ({
      value,
      label: words(value === "yes" ? "withFactor" : "withoutFactor"),
    })),
  };
}
export type FilterOptions = ReturnType<typeof filterOptions>;

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

/** One thing that filters the list, in a sentence, and what takes it away. */
export type ActiveFilter = {
  name: keyof ListQuery;
  text: string;
  without: Partial<ListQuery>;
};

/** The filters that hold; of several values of one, each. @param day a day of the calendar, in words */
export function activeFilters(
  words: Words,
  query: ListQuery,
  options: FilterOptions,
  day: (day: string) => string,
): ActiveFilter[] {
  const offered: Partial<Record<string, readonly Option[]>> = options;
  const several: readonly string[] = SEVERAL;
  const days: readonly string[] = DAYS;
  return FILTERS.flatMap((name) => {
    const text = query[name].trim();
    if (text === "" || name === "zone") return [];
    const values = several.includes(name) ? valuesOf(text) : [text];
    return values.map((value) => ({
      name,
      text: words(`filter.${name}`, {
        // A value of the address that is not offered is told as it is.
        value: days.includes(name)
          ? day(value.slice(0, 10))
          : (offered[name]?.find((option) => option.value === value)?.label ?? value),
      }),
      without: { [name]: values.length > 1 ? toggled(text, value) : "" },
    }));
  });
}
