import type { FieldControl } from "@/components/ui/field";
import { Input, inputStyle } from "@/components/ui/input";

/** Somebody else's e-mail address: nothing the browser should fill in or correct. */
export function EmailControl({ field, typed }: { field: FieldControl; typed: string }) {
  return (
    <Input
      {...field}
      name="email"
      type="email"
      defaultValue={typed}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

/** The role somebody is to have. React resets a form after its action; the key lets it start from what was chosen. */
export function RoleControl({
  field,
  typed,
  roles,
}: {
  field: FieldControl;
  typed: string;
  roles: readonly { value: string; label: string }[];
}) {
  return (
    <select {...field} key={typed} name="role" defaultValue={typed} className={inputStyle}>
      {roles.map((role) => (
        <option key={role.value} value={role.value}>
          {role.label}
        </option>
      ))}
    </select>
  );
}
