import { createFormatter, createTranslator } from "next-intl";
import { expect, test, vi } from "vitest";
import { Policies } from "@/lib/access/schema";
import type { Subject } from "@/lib/access/subjects";
import { describeRoleIssues } from "@/lib/roles/describe-role-issue";
import { roleIssuesOf } from "@/lib/roles/schema";
import en from "@/messages/en.json";
import { draftsOf, emptyCondition, emptyPolicy, policiesOf, withSubjects } from "./policy-draft";
import { policySentences } from "./policy-sentences";

/** An entity as a fork would add it, with the words it needs; nothing else is told of it. */
vi.mock("@/lib/access/subjects", async (original) => {
  const known = await original<typeof import("@/lib/access/subjects")>();
  const fields = { id: "uuid", state: ["open", "closed"], size: "integer", hidden: "boolean" };
  const Project = { actions: ["read", "update", "manage"], fields };
  return { ...known, SUBJECTS: { ...known.SUBJECTS, Project } };
});
const words = structuredClone(en);
Object.assign(words.rolesPage.may, {
  Project: "May {actions} projects.",
  ProjectManage: "May do everything with projects.",
  ProjectWhere: "May {actions} projects {clauses}.",
  ProjectManageWhere: "May do everything with projects {clauses}.",
});
Object.assign(words.rolesPage.clause, {
  state: "which are {values}",
  size: "whose size is {values}",
  hidden: "of which hidden is {values}",
});
Object.assign(words.rolesPage.value, { open: "open", closed: "closed" });

const project = (action: unknown, conditions?: unknown) => ({
  action,
  subject: "Project",
  ...(conditions !== undefined && { conditions }),
});
const issues = (policy: unknown) => {
  const parsed = Policies.safeParse([policy]);
  return parsed.success ? [] : roleIssuesOf(parsed.error);
};

test.each([
  [project("manage"), "May do everything with projects."],
  [project(["read", "update"]), "May read and change projects."],
  [
    project("read", { state: { $in: ["open", "closed"] }, size: 3 }),
    "May read projects which are open or closed and whose size is 3.",
  ],
  [
    project("manage", { hidden: false }),
    "May do everything with projects of which hidden is false.",
  ],
])("%j is edited, and said", (policy, sentence) => {
  const policies = Policies.parse([policy]);
  expect(policiesOf(draftsOf(policies))).toEqual([policy]);
  const t = createTranslator({ locale: "en", messages: words, namespace: "rolesPage" });
  const format = createFormatter({ locale: "en", timeZone: "UTC" });
  // biome-ignore lint/suspicious/noExplicitAny: the translator of a test is typed by its messages, the app's by its own
  const said = policies.map((one) => policySentences(t as any, format, String, one));
  expect(said.flat()).toEqual([sentence]);
});

test.each<[unknown, string, string]>([
  [project("delete"), "action", "actionNotForSubject"],
  [project("read", { email: "ada@example.com" }), "conditions.email", "fieldUnknown"],
  [project("read", { state: "gone" }), "conditions.state", "valueUnfit"],
  [project("read", { size: 2.5 }), "conditions.size", "valueUnfit"],
  [project("read", { hidden: "true" }), "conditions.hidden", "valueUnfit"],
  [
    { action: "read", subject: ["User", "Project"], conditions: { id: crypto.randomUUID() } },
    "conditions",
    "conditionsNotForSubject",
  ],
])("%j is refused", (policy, path, rule) => {
  expect(issues(policy).map((issue) => [issue.path.join("."), issue.rule])).toEqual([
    [`0.${path}`, rule],
  ]);
  expect(Object.keys(describeRoleIssues(issues(policy)))).toEqual([`0.${path}`]);
});

test("a condition waits while the policy is about a subject that does not have it", () => {
  const condition = { ...emptyCondition("User", "status"), text: "active" };
  const about = (subject: string) =>
    policiesOf([withSubjects({ ...emptyPolicy(), conditions: [condition] }, [subject as Subject])]);
  expect(about("Project")).toEqual([{ action: "read", subject: "Project" }]);
  expect(about("User")).toEqual([
    { action: "read", subject: "User", conditions: { status: "active" } },
  ]);
});
