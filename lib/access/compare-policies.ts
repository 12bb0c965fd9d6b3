import { isManaged, listOf, SUBJECT_NAMES } from "./conditions";
import { type AbilityName, partsOf } from "./every-ability";
import { covers } from "./policy";
import type { Conditions, Policy } from "./schema";
import { type Action, ALL_ACTIONS, type Subject, USER_CHANGES } from "./subjects";

/** What becomes of what policies allow when others take their place, each as policies again. */
export type PolicyChange = {
  /** Allowed afterwards and not before. */
  gained: Policy[];
  /** Allowed before and not afterwards, or not as widely. */
  lost: Policy[];
  /** Of what is lost, that which is still allowed under conditions or on some subjects. */
  remaining: Policy[];
};

/** One action on one subject: the least that policies can differ by. */
type Atom = AbilityName & { conditions: Conditions | undefined };

/**
 * What changes for who has `after` instead of `before`. Judged by the rule that roles are compared by (policy.ts): two
 * policies that allow together what one allowed count as less.
 */
export function comparePolicies(before: readonly Policy[], after: readonly Policy[]): PolicyChange {
  const [had, has] = [atomsOf(before), atomsOf(after)];
  const isNew = (atom: Atom) => !covers(before, [policyOf(atom)]);
  const gained = has.filter(isNew);
  const lost = had.filter((atom) => !covers(after, [policyOf(atom)]));
  const remaining = has.filter(
    (atom) => !isNew(atom) && lost.some((one) => isAbout(one, atom.action, atom.subject)),
  );
  return { gained: folded(gained), lost: folded(lost), remaining: folded(remaining) };
}

function policyOf({ action, subject, conditions }: Atom): Policy {
  return { action, subject, ...(conditions && { conditions }) };
}

function atomsOf(policies: readonly Policy[]): Atom[] {
  return policies.flatMap(({ action, subject, conditions }) =>
    listOf(subject)
      .flatMap((one) => (one === "all" ? SUBJECT_NAMES : [one]))
      .flatMap((one) =>
        partsOf(one, listOf(action)).map((part) => ({ action: part, subject: one, conditions })),
      ),
  );
}

/** Whether an atom is about this action on this subject, by name or as one of all. */
function isAbout({ action, subject }: Atom, asked: Action, on: Subject): boolean {
  const stands =
    action === asked || (action === "update" && USER_CHANGES.some((one) => one === asked));
  return stands && (subject === on || subject === "all");
}

/** Atoms as few policies, without those that another says already. */
function folded(atoms: readonly Atom[]): Policy[] {
  const wide = atoms.filter(({ conditions }) => conditions === undefined);
  const groups = new Map<string, Atom[]>();
  for (const atom of atoms) {
    const { action, subject, conditions } = atom;
    const said = wide.some(
      (one) =>
        isAbout(one, action, subject) && (one.subject !== subject || conditions !== undefined),
    );
    if (said) continue;
    const key = JSON.stringify([subject, conditions]);
    groups.set(key, [...(groups.get(key) ?? []), atom]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const actions = named(
      first.subject,
      group.map(({ action }) => action),
    );
    const [only, ...others] = actions;
    if (only === undefined) return [];
    const { subject, conditions } = first;
    return [
      {
        action: others.length === 0 ? only : actions,
        subject,
        ...(conditions && { conditions }),
      },
    ];
  });
}

/** The shortest names for these actions on a subject. */
function named(subject: Subject, actions: readonly Action[]): Action[] {
  const all = partsOf(subject, ["manage"]);
  if (isManaged(subject) && all.every((one) => actions.includes(one))) return ["manage"];
  const wholly = USER_CHANGES.every((one) => actions.includes(one));
  return ALL_ACTIONS.filter((action) => {
    if (!wholly) return actions.includes(action);
    return (
      action === "update" ||
      (actions.includes(action) && !USER_CHANGES.some((one) => one === action))
    );
  });
}
