import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddressNotice } from "@/components/address/address-notice";
import { DoorFrame } from "@/components/door-frame";
import { KeyDrawing } from "@/components/key-drawing";
import { JoinForm } from "@/components/links/join-form";
import { joinWords } from "@/components/links/join-words";
import { needsSetup } from "@/lib/bootstrap/installation";
import { settings } from "@/lib/settings/settings";
import { PASSWORD_ADVISED_LENGTH } from "@/lib/users/schema";
import { OwnPlate } from "../own-plate";
import { whenAvailable } from "../when-available";
import { YourPreferences } from "../your-preferences";
import { join } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("join");
  return { title: t("title") };
}

/** Where an invitation or a link to a new password ends. Open to everybody: the link is the key. */
export default function JoinPage() {
  return whenAvailable(async () => {
    if (await needsSetup()) redirect("/setup");
    const { passwordMinLength } = settings();
    return (
      <DoorFrame
        plate={<OwnPlate size="size-7" />}
        aside={<KeyDrawing rows={4} done={2} />}
        preferences={<YourPreferences />}
      >
        <AddressNotice className="mb-10" />
        <JoinForm
          join={join}
          minLength={passwordMinLength}
          words={await joinWords(passwordMinLength, PASSWORD_ADVISED_LENGTH)}
        />
      </DoorFrame>
    );
  });
}
