"use server";

import { redirect } from "next/navigation";
import { cancelJob } from "@/lib/jobs/cancel-job";
import { getActor } from "@/lib/sessions/auth";
import { formFields } from "../../form-fields";

/** Stops the job that the form names. */
export async function cancel(form: FormData): Promise<void> {
  const { job } = formFields(form, "job");
  const path = `/jobs/${encodeURIComponent(job)}`;
  const actor = await getActor();
  if (actor === null) redirect(`/login?next=${encodeURIComponent(path)}`);
  await cancelJob(actor, job);
  redirect(path);
}
