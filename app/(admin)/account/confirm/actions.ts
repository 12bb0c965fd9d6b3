"use server";

import { redirect } from "next/navigation";
import type { ConfirmState } from "@/components/second-factor/confirm-form";
import { orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { confirmSession } from "@/lib/sessions/confirm-session";
import { formFields } from "../../../form-fields";
import { safeNext } from "../../../login/safe-next";

export async function confirm(_before: ConfirmState, form: FormData): Promise<ConfirmState> {
  const { password, next } = formFields(form, "password", "next");
  const actor = await getActor();
  if (actor === null) redirect("/login?next=%2Faccount");
  const outcome = await orLater(() => confirmSession(actor, password));
  switch (outcome.kind) {
    case "confirmed":
      return redirect(safeNext(next));
    case "forbidden":
      return redirect("/login?next=%2Faccount");
    case "invalid":
    case "wrongPassword":
      return { kind: "wrongPassword" };
    case "rateLimited":
    case "unavailable":
    case "overloaded":
      return { kind: "wait", reason: outcome.kind, retryAfter: outcome.retryAfter };
  }
}
