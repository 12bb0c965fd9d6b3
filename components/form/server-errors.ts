import type { FieldErrors } from "react-hook-form";
import type { Problems } from "./form-state";

/** What the server found wrong with the fields, as react-hook-form holds it; of several problems of one the first. */
export function serverErrors(state: {
  kind: string;
  problems?: Problems<string>["problems"];
}): FieldErrors {
  const lastFirst = [...(state.problems ?? [])].reverse();
  return Object.fromEntries(
    lastFirst.map(({ field, rule }) => [field, { type: "server", message: rule }]),
  );
}
