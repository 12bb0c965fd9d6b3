import { useTranslations } from "next-intl";
import { waitText } from "../wait-text";
import type { LinkRefusal } from "./link-change";

/** Puts a refusal into words. */
export function useRefusalText(): (refusal: LinkRefusal, person: { name: string }) => string {
  const t = useTranslations("links");
  const waiting = useTranslations("waiting");
  return (refusal, person) =>
    "retryAfter" in refusal
      ? waitText(waiting, refusal.kind, refusal.retryAfter)
      : t(refusal.kind, person);
}
