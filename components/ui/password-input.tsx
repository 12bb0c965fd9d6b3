"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Input } from "./input";

/** A password field that can be shown. Without JavaScript there is no toggle to press in vain. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type" | "className">) {
  const t = useTranslations("password");
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? "text" : "password"}
        className="pr-20 noscript:pr-3"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <button
        type="button"
        aria-label={t(shown ? "hideLabel" : "showLabel")}
        aria-controls={props.id}
        className="absolute inset-y-1 right-1 min-w-16 rounded px-2 text-sm font-medium text-soft hover:text-ink noscript:hidden"
        onClick={() => setShown(!shown)}
      >
        {t(shown ? "hide" : "show")}
      </button>
    </div>
  );
}
