import { getTranslations } from "next-intl/server";
import { type Address, VISITED } from "@/components/address/visited";
import { env } from "@/lib/platform/env";
import {
  addressFault,
  hostWasChanged,
  isBrowserSeen,
  visitedOrigin,
} from "@/lib/platform/http/visited-address";
import { getRequestContext } from "@/lib/platform/request-context";

/** The address this request was sent to, beside the configured one, and the words for both. */
export async function readAddress(): Promise<Address> {
  const { baseUrl: configured } = env();
  const visited = getRequestContext()?.visited;
  const t = await getTranslations("address");
  const values = { visited: VISITED, configured, host: visited?.host ?? "" };
  return {
    configured,
    seen: {
      origin: visited ? visitedOrigin(visited) : configured,
      host: visited?.host ?? "",
      certain: visited === undefined || isBrowserSeen(visited),
      proxied: visited !== undefined && (visited.proxied || hostWasChanged(visited)),
      wrong: visited !== undefined && addressFault(visited) !== null,
    },
    words: {
      title: t("title"),
      text: t("text", values),
      refused: t("refused", values),
      notSent: t("notSent"),
      open: t("open", values),
      operator: t("operator"),
      operatorUnsure: t("operatorUnsure"),
      host: t("host", values),
      passkey: t("passkey", values),
    },
  };
}
