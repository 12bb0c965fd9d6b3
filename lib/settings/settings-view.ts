import { z } from "zod";
import { PRODUCT } from "@/product";
import { IMAGE_TYPES, type SettingName } from "./schema";
import { type KnownSettings, type Mark, settings } from "./settings";

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
    mark: MarkView.nullable().meta({
      description: "The image that stands for the installation; null for the product's mark.",
    }),
  })
  .meta({ id: "Settings" });
export type SettingsView = z.output<typeof SettingsView>;

/** The variable that fixes a setting; null for one that can be set here. */
export function fixedBy(_name: SettingName): string | null {
  return null;
}

/** What of the address of the mark is another one for another image. */
export const MARK_VERSION = "v";

export function markPath({ digest }: Mark): string {
  return `/v1/settings/mark?${MARK_VERSION}=${digest.slice(0, 16)}`;
}

export function toSettingsView(): SettingsView {
  const { name, accent, mark } = settings();
  return {
    name: { value: name, default: PRODUCT.name, fixedBy: fixedBy("name") },
    accent: { value: accent, default: null, fixedBy: fixedBy("accent") },
    mark: mark && { type: mark.type, path: markPath(mark) },
  };
}

export const settingsEtag = ({ version }: Pick<KnownSettings, "version">): string => `"${version}"`;
