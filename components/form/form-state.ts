import type { Wait } from "../wait-text";

// What the server says of an attempt to send a form that did not succeed. A form's state is one of these, "idle" before
// the first attempt, and what else may come of it; with `typed` what was sent comes back, so that nothing is lost.

/** What is wrong with the fields; of several problems of one field the first is told. */
export type Problems<Rule> = {
  kind: "problems";
  problems: readonly { field: string; rule: Rule }[];
};

/** Why nothing was done, although nothing was wrong with the fields. */
export type Refused<Reason extends string = never> = {
  kind: "refused";
  why: Wait | { kind: Reason | "unconfirmed" };
};
