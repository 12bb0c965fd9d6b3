import { getTranslations } from "next-intl/server";

/** The headline of an error summary for one problem, for two, and so on up to `most`. */
export async function summaryWords(most: number): Promise<string[]> {
  const t = await getTranslations("errors");
  return Array.from({ length: most }, (_, index) => t("summary", { count: index + 1 }));
}
