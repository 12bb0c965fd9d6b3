import { getTranslations } from "next-intl/server";
import type { TokenReason } from "@/lib/bootstrap/who-may-claim";
import type { Rule } from "@/lib/users/schema";
import { passwordWords } from "../password/password-words";
import { summaryWords } from "../ui/summary-words";
import type { SetupRule } from "./claim-state";

export type StepName = "checks" | "token" | "administrator";

export function setupSteps(tokenNeeded: boolean): StepName[] {
  return tokenNeeded ? ["checks", "token", "administrator"] : ["checks", "administrator"];
}

export type SetupWords = Awaited<ReturnType<typeof setupWords>>;

/** What the wizard can be told about its fields; the other rules belong to other forms. */
const RULES = [
  "required",
  "invalid",
  "emailInvalid",
  "emailDots",
  "emailLetters",
  "emailHidden",
  "emailTooLong",
  "nameTooLong",
  "nameCharacters",
  "passwordTooShort",
  "passwordTooManyBytes",
  "passwordNotText",
  "passwordCommon",
  "passwordBreached",
  "passwordPersonal",
  "setupTokenMissing",
  "setupTokenInvalid",
] as const satisfies SetupRule[];

const TOKEN_INTRO = {
  required: "tokenIntroAlways",
  proxied: "tokenIntroAlways",
  elsewhere: "tokenIntro",
  late: "tokenIntroLate",
} as const satisfies Record<TokenReason, string>;

/** All the words of the wizard, ready to be shown (see passwordWords). */
export async function setupWords(
  tokenNeeded: TokenReason | null,
  minLength: number,
  advisedLength: number,
) {
  const shown = setupSteps(tokenNeeded !== null);
  const t = await getTranslations("setup");
  const rules = await getTranslations("rules");
  const steps = shown.map((step, index) => ({
    step,
    name: t(`${step}Name`),
    progress: t("progress", {
      step: index + 1,
      steps: shown.length + 1,
      name: t(`${step}Name`),
    }),
    title: t(`${step}Title`),
    intro: t(step === "token" ? TOKEN_INTRO[tokenNeeded ?? "elsewhere"] : `${step}Intro`),
  }));
  return {
    title: t("title"),
    steps,
    stepList: { label: t("steps"), done: t("stepDone") },
    stepNames: [...steps.map(({ name }) => name), t("doneName")],
    labels: {
      setupToken: t("tokenLabel"),
      name: t("nameLabel"),
      email: t("emailLabel"),
      password: t("passwordLabel"),
    },
    tokenFromLink: t("tokenFromLink"),
    emailHint: t("emailHint"),
    continue: t("continue"),
    back: t("back"),
    create: t("create"),
    creating: t("creating"),
    checkingToken: t("checkingToken"),
    password: await passwordWords(minLength, advisedLength),
    rules: Object.fromEntries(RULES.map((rule) => [rule, rules(rule, { min: minLength })])) as {
      [Key in Rule | SetupRule]?: string;
    },
    summary: await summaryWords(4),
  };
}
