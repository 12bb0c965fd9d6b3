"use server";

import { redirect } from "next/navigation";
import type { ConfirmState } from "@/components/second-factor/confirm-form";
import { confirmSession } from "@/lib/sessions/confirm-session";
import { formFields } from "../../../form-fields";
import { safeNext } from "../../../login/safe-next";
import { actFrom } from "../../act";

export async function confirm(_before: ConfirmState, form: FormData): Promise<ConfirmState> {
  const { password, next } = formFields(form, "password", "next");
  const outcome = await actFrom("/account", (actor) => confirmSession(actor, password), {
    owing: true,
  });
  switch (outcome.kind) {
    case "confirmed":
      return redirect(safeNext(next));
    case "forbidden":
      return redirect("/login?next=%2Faccount");
    case "invalid":
    case "wrongPassword":
      return { kind: "wrongPassword" };
    default:
      return { kind: "refused", why: outcome };
  }
}
