import type { FieldValues, Resolver } from "react-hook-form";

/** Rules that are fetched with the first field that is changed: zod is large, and nothing needs it before. */
export function lazyResolver<Form extends FieldValues>(
  load: () => Promise<Resolver<Form>>,
): Resolver<Form> {
  return async (...form) => {
    const rules = await load().catch(() => null);
    // The server of another build has no such script, and rules of its own that count anyway.
    return rules?.(...form) ?? { values: form[0], errors: {} };
  };
}
