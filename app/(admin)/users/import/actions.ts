"use server";

import { redirect } from "next/navigation";
import type { StartImportState } from "@/components/import/import-report";
import { startImport } from "@/lib/jobs/start-import";
import { orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { formFields } from "../../../form-fields";
import { confirmFirst } from "../../confirm-first";

/** Lets the import begin that the form names. */
export async function start(_before: StartImportState, form: FormData): Promise<StartImportState> {
  const { job } = formFields(form, "job");
  const outcome = await orLater(async () => {
    const actor = await getActor();
    return actor === null ? ({ kind: "signedOut" } as const) : startImport(actor, job);
  });
  switch (outcome.kind) {
    case "started":
      return redirect(`/jobs/${outcome.job.id}`);
    case "unconfirmed":
      return confirmFirst();
    case "notFound":
      return { kind: "over" };
    default:
      return outcome;
  }
}
