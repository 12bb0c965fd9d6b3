import { useCallback, useEffect, useRef, useState } from "react";
import type { Problems } from "./form-state";

/** The first rule that each field breaks; nothing for a field that is right. */
export type Broken<Field extends string> = Partial<Record<Field, string>>;

export type Judge<Field extends string> = (
  values: Record<Field, string>,
) => Broken<Field> | Promise<Broken<Field>>;

/**
 * The fields of a form that is judged while it is typed. What is typed stays in the page, where a form without a script
 * has it as well, and what was typed before the script came counts.
 *
 * @param initial what the fields hold as the page is drawn
 * @param answer what the server has said; its problems take the place of ours
 * @param from a field is judged with the first "change" in it, or once it was left and from then on ("blur")
 */
export function useFields<Field extends string>({
  initial,
  judge,
  answer,
  from,
}: {
  initial: Record<Field, string>;
  judge: Judge<Field>;
  answer: { kind: string; problems?: Problems<string>["problems"] };
  from: "change" | "blur";
}) {
  const controls = useRef(new Map<Field, HTMLInputElement>());
  const left = useRef(new Set<Field>());
  const [values, setValues] = useState(initial);
  const [heard, setHeard] = useState(answer);
  const [broken, setBroken] = useState(() => brokenOf<Field>(answer));
  if (heard !== answer) {
    setHeard(answer);
    setBroken(brokenOf(answer));
  }

  const typed = useCallback(() => {
    const now = [...controls.current].map(([name, { value }]) => [name, value]);
    return Object.fromEntries(now) as Record<Field, string>;
  }, []);
  useEffect(() => setValues(typed()), [typed]);

  const judgeOne = async (name: Field) => {
    const value = controls.current.get(name)?.value;
    const { [name]: rule } = await judge(typed());
    // Rules that come late may be those for what was typed before.
    if (controls.current.get(name)?.value === value) setBroken((all) => ({ ...all, [name]: rule }));
  };

  return {
    /** As last seen; `typed` reads them from the page. */
    values,
    typed,
    broken,
    /** What makes a control one of the fields. */
    control: (name: Field) => ({
      name,
      ref: (control: HTMLInputElement) => {
        controls.current.set(name, control);
        return () => {
          controls.current.delete(name);
        };
      },
      onChange: () => {
        setValues(typed());
        if (from === "change" || left.current.has(name)) judgeOne(name);
      },
      onBlur: () => {
        left.current.add(name);
        if (from === "blur") judgeOne(name);
      },
    }),
    /** Judges these fields, or all, and tells which of them are wrong. */
    check: async (names: readonly Field[] = [...controls.current.keys()]): Promise<Field[]> => {
      const found = await judge(typed());
      setBroken((all) => ({
        ...all,
        ...Object.fromEntries(names.map((name) => [name, found[name]])),
      }));
      return names.filter((name) => found[name] !== undefined);
    },
    /** Puts values into fields, which begin anew with them. */
    put: useCallback(
      (given: Partial<Record<Field, string>>) => {
        for (const [name, value] of Object.entries<string | undefined>(given)) {
          const control = controls.current.get(name as Field);
          if (control && value !== undefined) control.value = value;
          left.current.delete(name as Field);
        }
        setValues(typed());
        setBroken(
          (all) =>
            Object.fromEntries(
              Object.entries(all).filter(([name]) => !(name in given)),
            ) as Broken<Field>,
        );
      },
      [typed],
    ),
    focus: (name: Field) => controls.current.get(name)?.focus(),
  };
}

/** Of several problems of one field the first. */
function brokenOf<Field extends string>({
  problems = [],
}: {
  problems?: Problems<string>["problems"];
}): Broken<Field> {
  const lastFirst = [...problems].reverse();
  return Object.fromEntries(lastFirst.map(({ field, rule }) => [field, rule])) as Broken<Field>;
}
