import { refuseMalformed } from "@/lib/platform/malformed";

/**
 * The named text fields of the form that a client sent to a server action. A file and a missing field are as good as
 * empty, and a form without any is the press of a button. What is no form, or one of other fields, comes from no page:
 * anybody can call an action with anything.
 *
 * @throws {Malformed}
 */
export function formFields<Name extends string>(
  form: unknown,
  ...names: Name[]
): Record<Name, string> {
  if (!(form instanceof FormData)) return refuseMalformed("There is no form.");
  // Pressed before the page is alive, the button comes with what the framework keeps in the form for itself.
  const sent = [...form.keys()].filter((name) => !name.startsWith("$ACTION_"));
  if (sent.length > 0 && names.length > 0 && !names.some((name) => sent.includes(name))) {
    return refuseMalformed(`It is the form of something else: there is no ${names.join(", no ")}.`);
  }
  const text = (name: Name) => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value : ""] as const;
  };
  return Object.fromEntries(names.map(text)) as Record<Name, string>;
}
