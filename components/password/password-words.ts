import { getTranslations } from "next-intl/server";

export type PasswordWords = Awaited<ReturnType<typeof passwordWords>>;

/**
 * The words around a new password, ready to be shown. Pages outside the door get theirs from the server like
 * this: a translator in the browser would weigh as much as all else they need.
 */
export async function passwordWords(minLength: number, advisedLength: number) {
  const t = await getTranslations("password");
  return {
    toggle: await passwordToggleWords(),
    rules: t("rules"),
    length: t("ruleLength", { min: minLength }),
    personal: t("rulePersonal"),
    common: t("ruleCommon"),
    met: t("met"),
    notMet: t("notMet"),
    advice: t("advice", { advised: advisedLength }),
    strength: t("strength"),
    scores: [t("score0"), t("score1"), t("score2"), t("score3"), t("score4")],
  };
}

export type PasswordToggleWords = Awaited<ReturnType<typeof passwordToggleWords>>;

export async function passwordToggleWords() {
  const t = await getTranslations("password");
  return {
    show: { text: t("show"), label: t("showLabel") },
    hide: { text: t("hide"), label: t("hideLabel") },
    capsLock: t("capsLock"),
  };
}
