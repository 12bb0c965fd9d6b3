import { actionsOn, SUBJECT_NAMES } from "./conditions";
import { abilityOf } from "./policy";
import type { Policy } from "./schema";
import { type Action, type Subject, USER_CHANGES } from "./subjects";

/** Something that can be done to something, which no other says as well. */
export type AbilityName = { action: Action; subject: Subject };

/** Those of the actions that a subject knows, what stands for several as these. */
export function partsOf(subject: Subject, actions: readonly Action[]): readonly Action[] {
  const known = (action: Action) => actionsOn(subject).includes(action);
  const named = actions.includes("manage") ? actionsOn(subject) : actions;
  const parts = USER_CHANGES.some(known) ? USER_CHANGES : (["update"] as const);
  return [
    ...new Set(
      named
        .filter((action) => action !== "manage" && known(action))
        .flatMap((action) => (action === "update" ? parts : [action])),
    ),
  ];
}

/** Everything that can be allowed, by what it is about. */
export const EVERY_ABILITY: readonly AbilityName[] = SUBJECT_NAMES.filter(
  (subject) => subject !== "all",
).flatMap((subject) => partsOf(subject, ["manage"]).map((action) => ({ action, subject })));

/** Whether policies allow something: to each subject there is, to some, or to none. */
export function extentOf(
  policies: readonly Policy[],
  { action, subject }: AbilityName,
): "all" | "some" | "none" {
  const rules = abilityOf(policies).rulesFor(action, subject);
  if (rules.length === 0) return "none";
  return rules.some(({ conditions }) => conditions === undefined) ? "all" : "some";
}
