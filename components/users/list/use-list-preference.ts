import { useRouter } from "next/navigation";
import { useState } from "react";
import { KEPT } from "@/product";
import { EXTRA_COLUMNS, type ListPreference, preferenceText } from "./list-preference";

const A_YEAR = 365 * 24 * 60 * 60;

/** The preference as state, kept in a cookie, so that the server draws the list right the first time. */
export function useListPreference(initial: ListPreference) {
  const [preference, setPreference] = useState(initial);
  const router = useRouter();
  const change = (changes: Partial<ListPreference>) => {
    const next = { ...preference, ...changes };
    setPreference(next);
    const secure = location.protocol === "https:" ? "; Secure" : "";
    // Only for the list's own address. A server action could write it too, but would load the rows again.
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
    document.cookie = `${KEPT.listCookie}=${preferenceText(next)}; Path=/users; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
    // What they show is not there yet.
    if (EXTRA_COLUMNS.some((column) => changes.columns?.includes(column))) router.refresh();
  };
  return [preference, change] as const;
}
