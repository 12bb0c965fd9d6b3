import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ImportForm } from "@/components/import/import-form";
import { ImportHelp } from "@/components/import/import-help";
import { ImportReport } from "@/components/import/import-report";
import { Message } from "@/components/message";
import { roleLabel } from "@/components/people/role-label";
import { Notice } from "@/components/ui/notice";
import { getJob } from "@/lib/jobs/find-job";
import { listJobItems } from "@/lib/jobs/list-job-items";
import { listAssignableRoles } from "@/lib/roles/list-assignable-roles";
import { USER_ROLE } from "@/lib/users/schema";
import { ClientMessages } from "../../../client-messages";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { start } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("importUsers");
  return { title: t("title") };
}

/** So many rejected rows are shown here; the download has all of them. */
const SHOWN = 100;

/** Choose a file, see what would happen, then let it happen. */
export default function ImportPage({ searchParams }: PageProps<"/users/import">) {
  return whenAvailable(async () => {
    const id = one((await searchParams)["job"]);
    const actor = await requireActor(
      "create",
      id ? `/users/import?job=${encodeURIComponent(id)}` : "/users/import",
    );
    const t = await getTranslations("importUsers");
    const found = id === undefined ? undefined : await getJob(actor, id);
    const job = found?.kind === "found" && found.job.kind === "import" ? found.job : undefined;
    if (job && job.state !== "draft" && job.state !== "cancelled") redirect(`/jobs/${job.id}`);
    if (job?.state === "draft") {
      const listed = await listJobItems(actor, job.id, { outcome: "rejected", limit: SHOWN });
      return (
        <ClientMessages sections={["bulk", "importUsers", "roles", "rules", "waiting"]}>
          <h1 className="mb-8 text-2xl font-semibold wrap-anywhere">
            {t("reportTitle", { file: job.options.file || t("theFile") })}
          </h1>
          <ImportReport
            job={job}
            rejected={listed.kind === "listed" ? listed.items : []}
            start={start}
          />
        </ClientMessages>
      );
    }
    const names = await getTranslations("roles");
    const roles = await listAssignableRoles(actor);
    return (
      <ClientMessages sections={["bulk", "importUsers", "roles", "rules", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 mb-8 max-w-2xl text-soft">{t("intro")}</p>
        {id !== undefined && (
          <div className="mb-4 max-w-2xl">
            <Notice tone="warning" role="status">
              {t("over")}
            </Notice>
          </div>
        )}
        <ImportForm
          help={
            <ImportHelp
              initialRole={USER_ROLE}
              roles={roles.map((role) => ({ slug: role.slug, label: roleLabel(names, role) }))}
            />
          }
        />
      </ClientMessages>
    );
  }, Message);
}
