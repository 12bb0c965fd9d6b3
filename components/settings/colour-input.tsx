import { type ComponentProps, useState } from "react";
import { Input } from "../ui/input";

const COLOUR = /^#[0-9a-f]{6}$/i;

/** A colour that is typed, or with a script chosen in the browser's own palette. */
export function ColourInput({
  pick,
  defaultValue,
  ...props
}: Omit<ComponentProps<"input">, "value" | "onChange"> & { pick: string; defaultValue: string }) {
  const [typed, setTyped] = useState(defaultValue);
  return (
    <span className="flex gap-2">
      <Input
        {...props}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        spellCheck={false}
        className="font-mono"
      />
      <input
        type="color"
        aria-label={pick}
        value={COLOUR.test(typed) ? typed.toLowerCase() : String(props.placeholder)}
        onChange={({ target }) => setTyped(target.value)}
        className="h-11 w-14 shrink-0 rounded border border-edge bg-surface p-1 hover:border-ink"
      />
    </span>
  );
}
