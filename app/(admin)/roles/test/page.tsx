import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { roleLabel } from "@/components/people/role-label";
import { AccessAnswer } from "@/components/roles/access-answer";
import { QuestionSelect } from "@/components/roles/question-select";
import { RolesNav } from "@/components/roles/roles-nav";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Actor } from "@/lib/access/actor";
import { SUBJECT_NAMES } from "@/lib/access/conditions";
import { ALL_ACTIONS, type Subject } from "@/lib/access/subjects";
import { explainAccess } from "@/lib/roles/explain-access";
import { getRole } from "@/lib/roles/get-role";
import { listRoleNames } from "@/lib/roles/list-role-names";
import { isUserId } from "@/lib/users/schema";
import { forbidPage } from "../../../forbid-page";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rolesPage");
  return { title: t("test") };
}

type Question = { role: string; action: string; subject: string; user: string };

/** The answer in words, or why there is none. */
async function Answer({ actor, question }: { actor: Actor; question: Question }) {
  const { role: slug, action, subject, user } = question;
  const t = await getTranslations("rolesPage");
  const outcome = await explainAccess(actor, {
    role: slug,
    action,
    subject,
    ...(user !== "" && (isUserId(user) ? { userId: user } : { email: user })),
  });
  if (outcome.kind === "explained") {
    const [role, named, names] = await Promise.all([
      getRole(actor, slug),
      listRoleNames(actor),
      getTranslations("roles"),
    ]);
    if (role.kind === "found") {
      const said = {
        role: roleLabel(names, role.role),
        action: t(`action.${action as (typeof ALL_ACTIONS)[number]}`),
        subject: t(`subjects.${subject as Subject}`),
      };
      return (
        <AccessAnswer
          question={
            user === "" ? t("answer.question", said) : t("answer.questionUser", { ...said, user })
          }
          subject={subject as Subject}
          answer={outcome.answer}
          policies={role.role.policies}
          named={named}
        />
      );
    }
  }
  const aboutUser =
    outcome.kind === "invalid" &&
    outcome.issues.every(({ path }) => path[0] === "userId" || path[0] === "email");
  const known =
    ALL_ACTIONS.some((one) => one === action) && SUBJECT_NAMES.some((one) => one === subject);
  const text =
    outcome.kind === "notFound" || outcome.kind === "explained"
      ? t("testRoleUnknown")
      : outcome.kind === "userNotFound" || (aboutUser && subject === "User")
        ? t("testUserUnknown")
        : aboutUser
          ? t("testUserOnlyUsers")
          : t(known ? "whoNotOffered" : "whoBad");
  return (
    <div className="max-w-3xl">
      <Notice tone="warning" role="status">
        {text}
      </Notice>
    </div>
  );
}

/** The question is the address, so that an answer can be sent to somebody or kept. */
export default function TestPage({ searchParams }: PageProps<"/roles/test">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/roles/test", "Role");
    const asked = await searchParams;
    const [roles, t, names] = await Promise.all([
      listRoleNames(actor),
      getTranslations("rolesPage"),
      getTranslations("roles"),
    ]);
    if (roles.length === 0) forbidPage();
    const role = one(asked["role"]);
    const question: Question = {
      role: role ?? "",
      action: one(asked["action"]) ?? "read",
      subject: one(asked["subject"]) ?? "User",
      user: one(asked["user"])?.trim() ?? "",
    };
    return (
      <>
        <h1 className="text-2xl font-semibold">{t("test")}</h1>
        <p className="mt-1 max-w-[70ch] text-soft text-pretty">{t("testIntro")}</p>
        <RolesNav current="test" />
        <form action="/roles/test" className="mt-6 mb-8 max-w-3xl space-y-4">
          <div className="grid gap-4 sm:grid-cols-3">
            <QuestionSelect
              id="role"
              label={t("testRole")}
              chosen={role}
              options={roles.map((one) => ({ value: one.slug, label: roleLabel(names, one) }))}
            />
            <QuestionSelect
              id="action"
              label={t("whoAction")}
              chosen={question.action}
              options={ALL_ACTIONS.map((value) => ({ value, label: t(`action.${value}`) }))}
            />
            <QuestionSelect
              id="subject"
              label={t("whoSubject")}
              chosen={question.subject}
              options={SUBJECT_NAMES.map((value) => ({ value, label: t(`subjects.${value}`) }))}
            />
          </div>
          <Field id="user" label={t("testUser")} hint={t("testUserHint")}>
            {(control) => (
              <Input
                {...control}
                key={question.user}
                name="user"
                defaultValue={question.user}
                maxLength={255}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            )}
          </Field>
          <Button type="submit" look="primary">
            {t("ask")}
          </Button>
        </form>
        {role !== undefined && <Answer actor={actor} question={question} />}
      </>
    );
  }, Message);
}
