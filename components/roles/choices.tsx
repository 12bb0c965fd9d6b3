import type { ReactNode } from "react";

/** So many are read at a glance; more of them scroll. */
const SEEN_AT_ONCE = 16;

/** Some things of which any may be chosen, each with a box to tick. */
export function Choices<Value extends string>({
  id,
  legend,
  options,
  chosen,
  onChange,
  describedBy,
  children,
}: {
  id: string;
  legend: ReactNode;
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  onChange: (value: Value, chosen: boolean) => void;
  /** The id of what is wrong, where something is. */
  describedBy?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      {...(describedBy && { "aria-describedby": describedBy })}
      className="min-w-0"
    >
      <legend className="mb-2 text-sm leading-6 font-medium">{legend}</legend>
      <div
        className={`-m-0.5 flex flex-wrap gap-2 p-0.5 ${options.length > SEEN_AT_ONCE ? "max-h-60 overflow-y-auto" : ""}`}
      >
        {options.map(({ value, label }) => (
          <label
            key={value}
            className="inline-flex min-h-11 max-w-full items-center gap-2 rounded border border-edge bg-surface px-3 py-1.5 text-sm hover:border-ink has-checked:border-ink has-checked:bg-sunken"
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => onChange(value, event.target.checked)}
              className="size-4 shrink-0 accent-ink"
            />
            <span className="min-w-0 wrap-anywhere">{label}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
