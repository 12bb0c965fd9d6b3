import type { useLazyForm } from "../form/use-lazy-form";
import { PasswordGuide } from "../password/password-guide";
import { PasswordInput } from "../password/password-input";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { SetupField } from "./claim-state";
import type { SetupWords } from "./setup-words";

/** Who the administrator is, and the password. */
export function AdministratorFields({
  form,
  errorOf,
  typed,
  minLength,
  words,
}: {
  form: ReturnType<typeof useLazyForm<Record<SetupField, string>>>;
  errorOf: (field: SetupField) => string | undefined;
  /** What was typed before the server answered; for a page without a script, which keeps nothing itself. */
  typed: { name: string; email: string };
  minLength: number;
  words: SetupWords;
}) {
  const { name, email, password } = form.values;
  const { labels } = words;
  return (
    <div className="space-y-6">
      <Field id="name" label={labels.name} error={errorOf("name")}>
        {(field) => (
          <Input {...field} {...form.field("name")} defaultValue={typed.name} autoComplete="name" />
        )}
      </Field>
      <Field id="email" label={labels.email} hint={words.emailHint} error={errorOf("email")}>
        {(field) => (
          <Input
            {...field}
            {...form.field("email")}
            defaultValue={typed.email}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <div>
        <Field id="password" label={labels.password} error={errorOf("password")}>
          {(field) => (
            <PasswordInput
              {...field}
              {...form.field("password")}
              autoComplete="new-password"
              words={words.password.toggle}
            />
          )}
        </Field>
        <PasswordGuide {...{ name, email, password, minLength }} words={words.password} />
      </div>
    </div>
  );
}
