import { Bell } from "@/lib/platform/bell";
import { isDatabaseFault, pool, preparedName } from "@/lib/platform/db";
import { listen } from "@/lib/platform/listen";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import { sha256 } from "@/lib/platform/secrets/digest";
import { KEPT, PRODUCT } from "@/product";
import { fixedSettings } from "./fixed-settings";
import { IMAGE_TYPES, type ImageType, SETTING_NAMES, SETTINGS, type Stored } from "./schema";

/** The image that stands for the installation instead of the product's mark. */
export type Mark = { digest: string; type: ImageType; bytes: Uint8Array };

/** How this installation is set up, whoever has said so. */
export type Settings = {
  readonly name: string;
  /** `#rrggbb`; null for the product's own. */
  readonly accent: string | null;
  readonly mark: Mark | null;
  readonly passwordMinLength: number;
  /** Where new passwords are looked up among breached ones; ends with a slash. null: nowhere. */
  readonly breachedPasswordsUrl: string | null;
  /** A session ends after so many days, and sooner when it was not used for so many. */
  readonly sessionDays: number;
  readonly sessionIdleDays: number;
  /** Whose pages may use the API by a token, beside our own, as browsers write them. */
  readonly allowedOrigins: string[];
};

/** What is so while nobody says otherwise. */
export const DEFAULTS = {
  name: PRODUCT.name,
  accent: null,
  passwordMinLength: 8,
  breachedPasswords: false,
  sessionDays: 30,
  sessionIdleDays: 14,
  allowedOrigins: [] as string[],
} as const;

/** The public server for breached passwords; another one is the operator's to name. */
const BREACHED_PASSWORDS = "https://api.pwnedpasswords.com/range/";

/** The row as this process knows it; `version` 0 before it was read. */
export type KnownSettings = { version: number; value: Stored; mark: Mark | null };

type Row = { version: number; value: unknown; mark: Buffer | null; mark_type: string | null };

const LOOK_EVERY_MS = 5_000;
/** How soon a process knows of a change that nobody can tell it of. */
const LOOK_UNTOLD_MS = 1_000;

/** `remembered` counts what was written into it, so that an older answer does not undo a newer one. */
function memory(): { known: KnownSettings; remembered: number } {
  return processWide("settings", () => ({
    known: { version: 0, value: {}, mark: null },
    remembered: 0,
  }));
}

export function knownSettings(): KnownSettings {
  return memory().known;
}

/** Called with what was just committed, or read. */
export function rememberSettings(known: KnownSettings): void {
  memory().known = known;
  memory().remembered++;
}

/**
 * How the installation is set up, from memory: no request asks the database for it. What another process has changed is
 * known here a moment later (docs/decisions/0061).
 */
export function settings(): Settings {
  const { value, mark } = knownSettings();
  const fixed = fixedSettings();
  const set = { ...DEFAULTS, ...value };
  return {
    name: set.name,
    accent: set.accent,
    mark,
    passwordMinLength: fixed.passwordMinLength ?? set.passwordMinLength,
    breachedPasswordsUrl:
      fixed.breachedPasswordsUrl ?? (set.breachedPasswords ? BREACHED_PASSWORDS : null),
    sessionDays: fixed.sessionDays ?? set.sessionDays,
    sessionIdleDays: fixed.sessionIdleDays ?? set.sessionIdleDays,
    allowedOrigins: fixed.allowedOrigins ?? set.allowedOrigins,
  };
}

/** What a row says. A value that this version cannot read counts as not set: an older one may have written it. */
export function readStored(value: unknown): Stored {
  const stored = typeof value === "object" && value !== null ? value : {};
  const entries = SETTING_NAMES.flatMap((name) => {
    const parsed = SETTINGS[name].safeParse((stored as Record<string, unknown>)[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(entries);
}

export function toMark(bytes: Uint8Array | null, type: string | null): Mark | null {
  const known = IMAGE_TYPES.find((one) => one === type);
  if (bytes === null || known === undefined) return null;
  return { digest: sha256(bytes), type: known, bytes };
}

const IF_CHANGED = `SELECT "version", "value", "mark", "mark_type" FROM "settings" WHERE "version" <> $1`;

/** Reads what has changed since this process has read it. @throws the driver's error */
export async function loadSettings(): Promise<void> {
  const { known, remembered } = memory();
  const { rows } = await pool().query<Row>({
    name: preparedName("settings-if-changed"),
    text: IF_CHANGED,
    values: [known.version],
  });
  const [row] = rows;
  if (row === undefined || memory().remembered !== remembered) return;
  rememberSettings({
    version: row.version,
    value: readStored(row.value),
    mark: toMark(row.mark, row.mark_type),
  });
}

/**
 * Has this process know what another one has changed: it is told (LISTEN), and looks every few seconds whether it was;
 * every second where it cannot be told. Never in a request. Returns what stops it.
 */
export function keepLoadingSettings(): () => Promise<void> {
  const stopping = new AbortController();
  const bell = Bell.named("settings");
  const listener = listen(KEPT.settingsChannel, () => bell.ring());
  const work = async () => {
    let pause = LOOK_EVERY_MS;
    while (!stopping.signal.aborted) {
      await bell.heard(stopping.signal, pause);
      if (stopping.signal.aborted) return;
      pause = listener.isListening() ? LOOK_EVERY_MS : LOOK_UNTOLD_MS;
      await loadSettings().catch((error) => {
        // What was read last holds on.
        pause = LOOK_EVERY_MS;
        if (!isDatabaseFault(error)) log().error({ err: error }, "the settings cannot be read");
      });
    }
  };
  const worked = work();
  return async () => {
    stopping.abort();
    await Promise.all([listener.stop(), worked]);
  };
}
