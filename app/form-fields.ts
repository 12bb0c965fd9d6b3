/**
 * The named text fields of what a client sent to a server action. A file, a missing field and an argument that
 * is no form at all are as good as empty: anybody can call an action with anything.
 */
export function formFields<Name extends string>(
  form: unknown,
  ...names: Name[]
): Record<Name, string> {
  const text = (name: Name) => {
    const value = form instanceof FormData ? form.get(name) : null;
    return [name, typeof value === "string" ? value : ""] as const;
  };
  return Object.fromEntries(names.map(text)) as Record<Name, string>;
}
