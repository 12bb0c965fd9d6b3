import { useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { PasswordGuide } from "../password/password-guide";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PasswordInput } from "../ui/password-input";
import type { SetupField } from "./claim-state";
import type { SetupForm } from "./wizard";

/** Who the administrator is, and the password. */
export function AdministratorFields({
  form,
  errorOf,
  minLength,
  advisedLength,
}: {
  form: UseFormReturn<SetupForm>;
  errorOf: (field: SetupField) => string | undefined;
  minLength: number;
  advisedLength: number;
}) {
  const t = useTranslations("setup");
  const [name, email, password] = useWatch({
    control: form.control,
    name: ["name", "email", "password"],
  });
  return (
    <div className="space-y-6">
      <Field id="name" label={t("nameLabel")} error={errorOf("name")}>
        {(field) => <Input {...field} {...form.register("name")} autoComplete="name" />}
      </Field>
      <Field id="email" label={t("emailLabel")} hint={t("emailHint")} error={errorOf("email")}>
        {(field) => (
          <Input
            {...field}
            {...form.register("email")}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <div>
        <Field id="password" label={t("passwordLabel")} error={errorOf("password")}>
          {(field) => (
            <PasswordInput {...field} {...form.register("password")} autoComplete="new-password" />
          )}
        </Field>
        <PasswordGuide {...{ name, email, password, minLength, advisedLength }} />
      </div>
    </div>
  );
}
