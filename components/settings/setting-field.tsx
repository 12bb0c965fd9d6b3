import { Field } from "../ui/field";
import { Lock } from "../ui/icons/lock";
import { Input, inputStyle } from "../ui/input";
import { ColourInput } from "./colour-input";

/** One setting as a form shows it, in words. */
export type SettingFieldOf = {
  name: string;
  kind: "text" | "colour" | "number" | "choice" | "lines";
  label: string;
  hint: string;
  /** As it is typed. */
  value: string;
  /** What is so while nothing is typed. */
  placeholder: string;
  /** What there is to choose from, in words by what is sent; for a choice. */
  options?: Readonly<Record<string, string>>;
  /** What the palette of a colour is called. */
  pick?: string;
  /** Says which variable of the environment fixes it; null: it can be changed here. */
  fixed: string | null;
};

export function SettingField({
  field,
  error,
}: {
  field: SettingFieldOf;
  error: string | undefined;
}) {
  const { name, kind, label, hint, value, placeholder, fixed } = field;
  if (fixed !== null) {
    return (
      <div>
        <p className="mb-2 font-medium">{label}</p>
        <p className="whitespace-pre-line wrap-anywhere">
          {field.options?.[value] ?? (value || placeholder)}
        </p>
        <p className="mt-2 flex gap-2 text-sm text-soft">
          <Lock className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span className="min-w-0 wrap-anywhere">{fixed}</span>
        </p>
      </div>
    );
  }
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      {(control) => {
        const shared = { ...control, name, placeholder, defaultValue: value, autoComplete: "off" };
        if (kind === "number") {
          return <Input {...shared} inputMode="numeric" className="max-w-32" />;
        }
        if (kind === "choice") {
          return (
            <select {...control} name={name} defaultValue={value} className={inputStyle}>
              {Object.entries(field.options ?? {}).map(([option, words]) => (
                <option key={option} value={option}>
                  {words}
                </option>
              ))}
            </select>
          );
        }
        if (kind === "lines") {
          return (
            <textarea
              {...shared}
              rows={3}
              autoCapitalize="none"
              spellCheck={false}
              className={`${inputStyle} h-auto resize-y py-2`}
            />
          );
        }
        return kind === "colour" ? (
          <ColourInput {...shared} pick={field.pick ?? label} />
        ) : (
          <Input {...shared} />
        );
      }}
    </Field>
  );
}
