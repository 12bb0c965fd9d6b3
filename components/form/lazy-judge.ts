import type { Judge } from "./use-fields";

/** Rules that are fetched with the first field that is judged: zod is large, and nothing needs it before. */
export function lazyJudge<Field extends string>(load: () => Promise<Judge<Field>>): Judge<Field> {
  return async (values) => {
    const judge = await load().catch(() => null);
    // The server of another build has no such script, and rules of its own that count anyway.
    return judge?.(values) ?? {};
  };
}
