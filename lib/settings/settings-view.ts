import { z } from "zod";
import { fixedBy } from "./fixed-settings";
import { IMAGE_TYPES, SETTING_NAMES, type SettingName } from "./schema";
import { DEFAULTS, type KnownSettings, type Mark, settings } from "./settings";

/** What a setting is, what it would be if nobody set it, and what takes it out of everybody's hands here. */
const setting = <Value extends z.ZodType>(value: Value, description: string) =>
  z
    .object({
      value,
      default: value,
      fixedBy: z
        .string()
        .nullable()
        .meta({ description: "The environment variable that fixes it; null: it can be set here." }),
    })
    .meta({ description });

/** Where the mark is got from, also by who is not signed in; another image has another address. */
const MarkView = z.object({ type: z.enum(IMAGE_TYPES), path: z.string() });

/** The settings as the world outside this floor sees them. */
export const SettingsView = z
  .object({
    name: setting(z.string(), "What people call the installation."),
    accent: setting(z.string().nullable(), "The accent colour; null for the product's own."),
    passwordMinLength: setting(z.int(), "Characters that a new password has at least."),
    breachedPasswords: setting(
      z.boolean(),
      "Whether new passwords are looked up among breached ones.",
    ),
    sessionDays: setting(
      z.int(),
      "Days after which a sign-in ends whatever happens; counts for those to come.",
    ),
    sessionIdleDays: setting(z.int(), "Days without use after which a sign-in ends."),
    allowedOrigins: setting(
      z.array(z.string()),
      "Origins whose pages may call this API from a browser with a bearer token, beside its own.",
    ),
    mark: MarkView.nullable().meta({
      description: "The image that stands for the installation; null for the product's mark.",
    }),
  })
  .meta({ id: "Settings" });
export type SettingsView = z.output<typeof SettingsView>;

/** What of the address of the mark is another one for another image. */
export const MARK_VERSION = "v";

export function markPath({ digest }: Mark): string {
  return `/v1/settings/mark?${MARK_VERSION}=${digest.slice(0, 16)}`;
}

export function toSettingsView(): SettingsView {
  const { mark, breachedPasswordsUrl, ...values } = settings();
  const known = { ...values, breachedPasswords: breachedPasswordsUrl !== null };
  const view = Object.fromEntries(
    SETTING_NAMES.map((name) => [
      name,
      { value: known[name], default: DEFAULTS[name], fixedBy: fixedBy(name) },
    ]),
  ) as Pick<SettingsView, SettingName>;
  return { ...view, mark: mark && { type: mark.type, path: markPath(mark) } };
}

export const settingsEtag = ({ version }: Pick<KnownSettings, "version">): string => `"${version}"`;
