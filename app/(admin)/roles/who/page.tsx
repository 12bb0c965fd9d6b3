import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { QuestionSelect } from "@/components/roles/question-select";
import { RolesNav } from "@/components/roles/roles-nav";
import { WhoList } from "@/components/roles/who-list";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SUBJECT_NAMES } from "@/lib/access/conditions";
import { ALL_ACTIONS } from "@/lib/access/subjects";
import { listRoleNames } from "@/lib/roles/list-role-names";
import { whoMay } from "@/lib/roles/who-may";
import { forbidPage } from "../../../forbid-page";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rolesPage");
  return { title: t("who") };
}

/** The question is the address, so that an answer can be sent to somebody or kept. */
export default function WhoPage({ searchParams }: PageProps<"/roles/who">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/roles/who", "Role");
    const asked = await searchParams;
    const action = one(asked["action"]) ?? "read";
    const subject = one(asked["subject"]) ?? "User";
    const [outcome, named, t] = await Promise.all([
      whoMay(actor, { action, subject }),
      listRoleNames(actor),
      getTranslations("rolesPage"),
    ]);
    if (outcome.kind === "forbidden") forbidPage();
    return (
      <>
        <h1 className="text-2xl font-semibold">{t("who")}</h1>
        <p className="mt-1 max-w-[70ch] text-soft text-pretty">{t("whoIntro")}</p>
        <RolesNav current="who" />
        <form
          action="/roles/who"
          className="mt-6 mb-8 grid items-end gap-4 sm:grid-cols-[14rem_14rem_auto] sm:justify-start"
        >
          <QuestionSelect
            id="action"
            label={t("whoAction")}
            chosen={action}
            options={ALL_ACTIONS.map((value) => ({ value, label: t(`action.${value}`) }))}
          />
          <QuestionSelect
            id="subject"
            label={t("whoSubject")}
            chosen={subject}
            options={SUBJECT_NAMES.map((value) => ({ value, label: t(`subjects.${value}`) }))}
          />
          <Button type="submit" look="primary">
            {t("ask")}
          </Button>
        </form>
        {outcome.kind === "invalid" ? (
          <div className="max-w-3xl">
            <Notice tone="warning" role="status">
              {t(isKnown(action, subject) ? "whoNotOffered" : "whoBad")}
            </Notice>
          </div>
        ) : (
          <section aria-labelledby="who-result">
            <h2 id="who-result" className="mb-3 font-medium">
              {t("whoResult", { count: outcome.roles.length })}
            </h2>
            {outcome.roles.length > 0 && <WhoList answers={outcome.roles} named={named} />}
          </section>
        )}
      </>
    );
  }, Message);
}

function isKnown(action: string, subject: string): boolean {
  return ALL_ACTIONS.some((one) => one === action) && SUBJECT_NAMES.some((one) => one === subject);
}
