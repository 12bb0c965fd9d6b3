"use server";

import { cancelJob } from "@/lib/jobs/cancel-job";
import { formFields } from "../../form-fields";
import { actFrom, leadOn } from "../act";

/** Stops the job that the form names. */
export async function cancel(form: FormData): Promise<void> {
  const { job } = formFields(form, "job");
  const path = `/jobs/${encodeURIComponent(job)}`;
  leadOn(await actFrom(path, (actor) => cancelJob(actor, job)), path);
}
