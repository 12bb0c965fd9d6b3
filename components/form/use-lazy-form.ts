import { useCallback, useLayoutEffect, useRef, useState } from "react";
import type { createFormControl, FieldErrors, FieldPath, PathValue } from "react-hook-form";

type Typed = Record<string, string>;
type ServerError = { type: "server"; message: string };

/** What react-hook-form makes of its options, without a hook: it can be made when it is needed. */
export type FormControl<Form extends Typed> = ReturnType<typeof createFormControl<Form>>;

/**
 * A form of text fields that react-hook-form holds once it is about to be filled in: with its rules it is a third of
 * what such a page loads, and who only looks needs none of it. Until then the fields hold themselves, and what was
 * typed meanwhile is taken over.
 *
 * @param make fetches and makes the control; called once, by the first focus or `check`
 * @param shown what the fields hold when the page is drawn
 * @param told what the server found wrong; stays until a field is looked at anew
 */
export function useLazyForm<Form extends Typed>({
  make,
  shown,
  told,
}: {
  make: () => Promise<FormControl<Form>>;
  shown: Form;
  told: FieldErrors<Form>;
}) {
  type Name = FieldPath<Form> & keyof Form;
  const [control, setControl] = useState<FormControl<Form> | null>(null);
  const [errors, setErrors] = useState(told);
  const [values, setValues] = useState(shown);
  const fields = useRef(new Map<string, HTMLInputElement>());
  const asked = useRef<Promise<FormControl<Form> | null>>(undefined);
  const taken = useRef<(control: FormControl<Form>) => void>(undefined);

  const load = () => {
    asked.current ??= make().then(
      (made) =>
        new Promise((resolve) => {
          taken.current = resolve;
          setControl(made);
        }),
      // The server of another build has no such script, and rules of its own that count anyway.
      () => null,
    );
    return asked.current;
  };

  useLayoutEffect(() => {
    setErrors(told);
    control?.clearErrors();
    for (const [name, error] of Object.entries(told)) {
      control?.setError(name as Name, error as ServerError);
    }
  }, [control, told]);

  // By now the fields are registered; whoever waits for `load` goes on behind this.
  useLayoutEffect(() => {
    if (!control) return;
    const end = control.subscribe({
      formState: { errors: true, values: true },
      callback: (state) => {
        if (state.errors) setErrors({ ...state.errors });
        if (state.values) setValues({ ...state.values });
      },
    });
    setValues({ ...control.getValues() });
    taken.current?.(control);
    return end;
  }, [control]);

  const write = useCallback(
    (name: Name, value: string) => {
      control?.setValue(name, value as PathValue<Form, Name>);
      const field = fields.current.get(name);
      if (field) field.value = value;
    },
    [control],
  );

  return {
    errors,
    /** What is typed, for what follows it; the fields themselves hold the truth. */
    values,
    write,
    /** What a field holds now. */
    read: (name: Name) => fields.current.get(name)?.value ?? "",
    /** Begins anew with other values. */
    restart: (stored: Form) => {
      control?.reset(stored);
      for (const name of Object.keys(stored) as Name[]) write(name, stored[name] ?? "");
    },
    /** Judges fields by the rules; the names of those that break one. */
    check: async (names: readonly Name[]): Promise<Name[]> => {
      const loaded = await load();
      if (!loaded) return [];
      await loaded.trigger([...names]);
      return names.filter((name) => loaded.getFieldState(name).invalid);
    },
    /** Tells of a field what only the server can know. */
    tell: async (name: Name, message: string) => {
      const error: ServerError = { type: "server", message };
      const loaded = await load();
      if (loaded) loaded.setError(name, error);
      else setErrors((before) => ({ ...before, [name]: error }));
    },
    focus: (name: Name) => fields.current.get(name)?.focus(),
    /** What the form itself hears. */
    events: { onFocus: load, onChange: load },
    /** The attributes of a field. */
    field: (name: Name) => {
      const registered = control?.register(name);
      return {
        name,
        ...registered,
        ref: (element: HTMLInputElement | null) => {
          if (element) fields.current.set(name, element);
          registered?.ref(element);
        },
      };
    },
  };
}
