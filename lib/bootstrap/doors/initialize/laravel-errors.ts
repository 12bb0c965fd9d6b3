import { settings } from "@/lib/settings/settings";
import { type Issue, PASSWORD_MAX_BYTES, type Rule } from "@/lib/users/schema";

/** The rules in the voice of Laravel's validator; docs/contracts/initialize.md#messages has the published sentences. */
const LARAVEL: Record<Rule, string> = {
  required: "The {field} field is required.",
  invalid: "The {field} is invalid.",
  emailInvalid: "The email must be a valid email address.",
  emailDots: "The email must be a valid email address.",
  emailLetters: "The email must be a valid email address.",
  emailHidden: "The email must be a valid email address.",
  emailTooLong: "The email must not be greater than 255 characters.",
  emailTaken: "The email has already been taken.",
  nameTooLong: "The name must not be greater than 255 characters.",
  nameCharacters: "The name contains invalid characters.",
  passwordTooShort: "The password must be at least {min} characters.",
  passwordTooManyBytes: `The password must not be greater than ${PASSWORD_MAX_BYTES} bytes.`,
  passwordNotText: "The password contains invalid characters.",
  passwordCommon: "The password is too common.",
  passwordBreached:
    "The given password has appeared in a data leak. Please choose a different password.",
  passwordPersonal: "The password must be different from the name and the email.",
  passwordNeedsLetter: "The password must contain at least one letter.",
  passwordNeedsMixedCase:
    "The password must contain at least one uppercase and one lowercase letter.",
  passwordNeedsNumber: "The password must contain at least one number.",
  passwordNeedsSymbol: "The password must contain at least one symbol.",
  metadataInvalid: "The metadata is invalid.",
  metadataTooLarge: "The metadata is too large.",
  roleUnknown: "The selected role is invalid.",
};

/** A Laravel 422 body: the first message, how many more there are, and all of them by field. */
export function laravelErrors(issues: readonly Issue[]): {
  message: string;
  errors: Record<string, string[]>;
} {
  const errors: Record<string, string[]> = {};
  for (const { field, rule } of issues) {
    errors[field] ??= [];
    errors[field]?.push(
      LARAVEL[rule]
        .replace("{field}", field)
        .replace("{min}", String(settings().passwordMinLength)),
    );
  }
  const [first = "The given data was invalid.", ...more] = Object.values(errors).flat();
  const rest = `${more.length} more ${more.length === 1 ? "error" : "errors"}`;
  return { message: more.length === 0 ? first : `${first} (and ${rest})`, errors };
}
