import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { getActor } from "@/lib/sessions/auth";
import { MessagePage } from "../../message-page";
import { missPage } from "../../miss-page";
import { NothingHere } from "../../nothing-here";
import { whenAvailable } from "../../when-available";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title") };
}

/** Every address that nothing is at: inside the administration for who is signed in, at the door for others. */
export default function UnknownPage() {
  return whenAvailable(async () => {
    const Frame = (await getActor()) === null ? MessagePage : Message;
    return missPage(<NothingHere Frame={Frame} />);
  });
}
