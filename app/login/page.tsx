import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AddressNotice } from "@/components/address/address-notice";
import { DoorFrame } from "@/components/door-frame";
import { KeyDrawing } from "@/components/key-drawing";
import { passwordToggleWords } from "@/components/password/password-words";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { textLinkStyle } from "@/components/ui/text-link-style";
import { needsSetup } from "@/lib/bootstrap/installation";
import { env } from "@/lib/platform/env";
import { getActor } from "@/lib/sessions/auth";
import type { Words } from "@/lib/sessions/providers/provider";
import { PROVIDERS } from "@/lib/sessions/providers/providers";
import { RESTORE_DAYS } from "@/lib/users/archive-users";
import { OwnPlate } from "../own-plate";
import { whenAvailable } from "../when-available";
import { YourPreferences } from "../your-preferences";
import { finishPasskey, signIn, startPasskey } from "./actions";
import { safeNext } from "./safe-next";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default function LoginPage({ searchParams }: PageProps<"/login">) {
  return whenAvailable(async () => {
    if (await needsSetup()) redirect("/setup");
    const query = await searchParams;
    const next = safeNext(query["next"]);
    if (await getActor()) redirect(next);
    const t = await getTranslations("signIn");
    const locale = await getLocale();
    // The words of a provider take no values.
    const say = (words: Words) => (typeof words === "string" ? t.raw(words) : words[locale]);
    return (
      <DoorFrame
        plate={<OwnPlate size="size-7" />}
        aside={<KeyDrawing rows={4} done={4} />}
        preferences={<YourPreferences />}
      >
        <AddressNotice className="mb-10" />
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 text-lg text-soft wrap-anywhere">
          {t("to", { host: new URL(env().baseUrl).host })}
        </p>
        {query["left"] !== undefined && (
          <div className="mt-6 max-w-sm">
            <Notice tone="ok" role="status">
              {t("left", { days: RESTORE_DAYS })}
            </Notice>
          </div>
        )}
        <SignInForm
          ways={PROVIDERS.map(({ name: by, shown }) =>
            shown.kind === "form"
              ? {
                  kind: "form",
                  by,
                  submit: say(shown.submit),
                  fields: shown.fields.map((field) => ({ ...field, label: say(field.label) })),
                }
              : { kind: "passkeyButton", by },
          )}
          signIn={signIn}
          passkey={{ start: startPasskey, finish: finishPasskey }}
          next={next}
          words={{
            submitting: t("submitting"),
            again: t("again", { time: "%time%" }),
            mayTryAgain: t("mayTryAgain"),
            passkey: t("passkey"),
            passkeyFailed: t("passkeyFailed"),
            codeText: t("codeText"),
            code: t("code"),
            codeSubmit: t("codeSubmit"),
            startAgain: t("startAgain"),
            toggle: await passwordToggleWords(),
          }}
        />
        <p className="mt-6 max-w-sm text-sm">
          {/* Not our link, which brings its script along: this page has no other. */}
          <a href="/forgotten" className={textLinkStyle}>
            {t("forgotten")}
          </a>
        </p>
      </DoorFrame>
    );
  });
}
