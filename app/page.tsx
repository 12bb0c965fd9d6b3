import { redirect } from "next/navigation";
import { getActor } from "@/lib/sessions/auth";
import { whenAvailable } from "./when-available";

export default function StartPage() {
  return whenAvailable(async () => redirect((await getActor()) ? "/users" : "/login"));
}
