import type { Messages } from "next-intl";
import type { EventView } from "@/lib/audit/event-view";
import type { AskedAction, AuditAction, AuditSubject } from "@/lib/audit/schema";

type Sentence = keyof Messages["auditActions"];

type Underscored<Text extends string> = Text extends `${infer Head}.${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Text;

/** Messages have no dots, spaces or hyphens in their names. */
export function messageKey<Text extends string>(text: Text): Underscored<Text> {
  return text.replace(/\W/g, "_") as Underscored<Text>;
}

/** Under which heading an action is offered. */
export function groupOf(action: AskedAction): keyof Messages["auditFilters"]["groups"] {
  const [subject] = action.split(".") as [AuditSubject];
  if (action === "users.invited" || subject === "joinLink" || subject === "joinRequest") {
    return "user";
  }
  return subject === "users" || subject === "audit" ? "export" : subject;
}

/** What is told of a change beside it: why, and which job has done it. */
const BESIDE = ["reason", "job"];

/** The ids of those whom events are by and about. */
export function peopleIn(events: readonly EventView[]): string[] {
  return events.flatMap(({ actor, target }) => [
    ...(actor.id === null ? [] : [actor.id]),
    ...(target?.type === "user" ? [target.id] : []),
  ]);
}

/**
 * The sentence that says what happened. Some actions have several: who signs somebody else out has not signed out.
 * An action of a later version may have none, and stands for itself.
 */
export function sentenceOf(event: EventView): Sentence {
  const { action, actor, target, details } = event;
  const onSelf = actor.id !== null && actor.id === target?.id;
  if (action === "session.ended" && target?.type === "user") {
    return onSelf ? "session_endedElsewhere" : "session_endedForOther";
  }
  if (action === "users.invited" && details["more"] === true) return "users_invitedMore";
  if (action === "user.deleted" && onSelf) return "user_deletedSelf";
  if (action === "user.updated") {
    const fields = Object.keys(details).filter((field) => !BESIDE.includes(field));
    if (fields.length === 1 && fields[0] === "role") return "user_roleChanged";
    if (fields.length === 1 && fields[0] === "status") {
      return changeOf(details["status"])?.to === "disabled" ? "user_disabled" : "user_enabled";
    }
    if (onSelf) return "user_updatedSelf";
  }
  return messageKey(action as AuditAction);
}

/** What a detail says has become of what; null when it says something else. */
export function changeOf(detail: unknown): { from: unknown; to: unknown } | null {
  return typeof detail === "object" && detail !== null && "from" in detail && "to" in detail
    ? detail
    : null;
}

/** How many sessions or people it is about. */
export function countOf({ details: { sessions, count } }: EventView): number {
  const counted = sessions ?? count;
  return typeof counted === "number" ? counted : 1;
}

/** Events that somebody should look at when going through the trail. */
export function isNotable({ action }: EventView): boolean {
  return [
    "installation.reopened",
    "session.refreshReused",
    "session.blocked",
    "session.disowned",
    "user.claimReplayed",
    "user.recovered",
    "user.deleted",
    "role.deleted",
  ].includes(action);
}
