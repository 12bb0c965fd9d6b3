import { getTranslations } from "next-intl/server";
import type { Rule } from "@/lib/users/schema";
import { passwordWords } from "../password/password-words";
import { summaryWords } from "../ui/summary-words";

export type JoinWords = Awaited<ReturnType<typeof joinWords>>;

/** What the form can be told about its fields; the other rules belong to other forms. */
const RULES = [
  "required",
  "invalid",
  "emailInvalid",
  "emailDots",
  "emailLetters",
  "emailHidden",
  "emailTooLong",
  "emailTaken",
  "nameTooLong",
  "nameCharacters",
  "passwordTooShort",
  "passwordTooManyBytes",
  "passwordNotText",
  "passwordCommon",
  "passwordBreached",
  "passwordPersonal",
] as const satisfies Rule[];

/** All the words of the page where a link ends, ready to be shown (see passwordWords). */
export async function joinWords(minLength: number, advisedLength: number) {
  const t = await getTranslations("join");
  const rules = await getTranslations("rules");
  return {
    opening: t("opening"),
    pasteTitle: t("pasteTitle"),
    pasteIntro: t("pasteIntro"),
    code: t("code"),
    continue: t("continue"),
    continuing: t("continuing"),
    email: t("email"),
    waitingTitle: t("waitingTitle"),
    waitingText: t("waitingText"),
    name: t("name"),
    nameHint: t("nameHint"),
    password: t("password"),
    join: t("join"),
    joining: t("joining"),
    reset: t("reset"),
    resetting: t("resetting"),
    deadTitle: t("deadTitle"),
    deadText: t("deadText"),
    deadAgain: t("deadAgain"),
    signIn: t("signIn"),
    guide: await passwordWords(minLength, advisedLength),
    rules: Object.fromEntries(RULES.map((rule) => [rule, rules(rule, { min: minLength })])) as {
      [Key in Rule]?: string;
    },
    summary: await summaryWords(2),
  };
}
