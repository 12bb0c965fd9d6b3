import { Field } from "../ui/field";
import { inputStyle } from "../ui/input";

/** One part of a question about access. */
export function QuestionSelect({
  id,
  label,
  options,
  chosen,
}: {
  id: string;
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: string | undefined;
}) {
  return (
    <Field id={id} label={label}>
      {(control) => (
        // The key lets the choice follow the address when it changes under the form.
        <select {...control} key={chosen} name={id} defaultValue={chosen} className={inputStyle}>
          {options.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
