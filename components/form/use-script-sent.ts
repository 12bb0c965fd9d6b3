import { type FormEvent, startTransition, useActionState } from "react";

/**
 * The state of a form that a script sends, because React empties a form after its action; without a script the action
 * is used.
 *
 * @returns `submit` for the form's `onSubmit`; what it is given says whether there is anything to send
 */
export function useScriptSent<State>(
  action: (before: Awaited<State>, form: FormData) => Promise<State>,
  idle: Awaited<State>,
) {
  const [state, send, sending] = useActionState(action, idle);
  const submit =
    (mayGo: () => boolean | Promise<boolean> = () => true) =>
    async (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      if (sending) return;
      const data = new FormData(event.currentTarget);
      if (await mayGo()) startTransition(() => send(data));
    };
  return { state, send, sending, submit };
}
