import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { Input } from "../ui/input";
import type { PasswordToggleWords } from "./password-words";

/**
 * A password field that can be shown, and says when Caps Lock is on. Without JavaScript there is no toggle to press in
 * vain.
 */
export function PasswordInput({
  words,
  ...input
}: { words: PasswordToggleWords } & Omit<ComponentProps<"input">, "type" | "className">) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const toggle = shown ? words.hide : words.show;
  const follow = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <>
      <div className="relative">
        <Input
          {...input}
          data-secret=""
          type={shown ? "text" : "password"}
          className="pe-20 noscript:pe-3"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onKeyDown={follow}
          onKeyUp={follow}
          onBlur={(event) => {
            setCapsLock(false);
            input.onBlur?.(event);
          }}
        />
        <button
          type="button"
          aria-label={toggle.label}
          aria-controls={input.id}
          className="absolute inset-y-1 end-1 min-w-16 rounded px-2 text-sm font-medium text-soft hover:text-ink noscript:hidden"
          onClick={() => setShown(!shown)}
        >
          {toggle.text}
        </button>
      </div>
      <p aria-live="polite" className="text-sm text-warning not-empty:mt-2">
        {capsLock && words.capsLock}
      </p>
    </>
  );
}
