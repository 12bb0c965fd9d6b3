import { refuseMalformed } from "@/lib/platform/http/malformed";

/**
 * The named text fields of the form that a client sent to a server action. A file and a missing field are as good as
 * empty. What is no form, or one with none of the fields, comes from no page: anybody can call an action with anything.
 *
 * @throws {Malformed}
 */
export function formFields<Name extends string>(
  form: unknown,
  ...names: Name[]
): Record<Name, string> {
  if (!(form instanceof FormData)) return refuseMalformed("There is no form.");
  if (names.length > 0 && !names.some((name) => form.has(name))) {
    return refuseMalformed(`It is the form of something else: there is no ${names.join(", no ")}.`);
  }
  const text = (name: Name) => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value : ""] as const;
  };
  return Object.fromEntries(names.map(text)) as Record<Name, string>;
}
