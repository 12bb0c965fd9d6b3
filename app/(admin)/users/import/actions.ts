"use server";

import { redirect } from "next/navigation";
import type { StartImportState } from "@/components/import/import-report";
import { startImport } from "@/lib/jobs/start-import";
import { formFields } from "../../../form-fields";
import { act } from "../../act";
import { orConfirmFirst } from "../../confirm-first";

/** Lets the import begin that the form names. */
export async function start(_before: StartImportState, form: FormData): Promise<StartImportState> {
  const { job } = formFields(form, "job");
  const outcome = await orConfirmFirst(await act((actor) => startImport(actor, job)));
  switch (outcome.kind) {
    case "started":
      return redirect(`/jobs/${outcome.job.id}`);
    case "notFound":
      return { kind: "over" };
    default:
      return outcome;
  }
}
