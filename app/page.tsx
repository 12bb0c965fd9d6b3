import { redirect } from "next/navigation";
import { may } from "@/lib/access/policy";
import { getActor } from "@/lib/sessions/auth";
import { whenAvailable } from "./when-available";

/** Leads everybody to where their work is. */
export default function StartPage() {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) redirect("/login");
    redirect(may(actor, "read", "User") ? "/users" : "/account");
  });
}
