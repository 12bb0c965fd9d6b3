import { redirect } from "next/navigation";
import { getActor } from "@/lib/sessions/auth";
import { homeOf } from "./(admin)/sections";
import { whenAvailable } from "./when-available";

/** Leads everybody to where their work is. */
export default function StartPage() {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) redirect("/login");
    redirect(homeOf(actor));
  });
}
