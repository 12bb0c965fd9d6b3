import type { FieldProblem } from "../ui/error-summary";

/**
 * The problems of a form in the order of its fields: for the summary, and each for its field.
 *
 * @param text undefined for what is not told
 * @param idOf the id of a field's control, where that is not the field's name
 */
export function problemsOf<Field extends string, Rule>(
  state: { kind: string; problems?: readonly { field: string; rule: Rule }[] },
  fields: readonly Field[],
  label: (field: Field) => string,
  text: (rule: Rule) => string | undefined,
  idOf: (field: Field) => string = (field) => field,
): { problems: FieldProblem[]; errorOf: (field: Field) => string | undefined } {
  const texts = new Map<Field, string>();
  for (const field of fields) {
    const found = state.problems?.find((problem) => problem.field === field);
    const told = found && text(found.rule);
    if (told) texts.set(field, told);
  }
  const problems = [...texts].map(([field, told]) => ({
    id: idOf(field),
    label: label(field),
    text: told,
  }));
  return { problems, errorOf: (field) => texts.get(field) };
}
