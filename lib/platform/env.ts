import { mail } from "./env/mail";
import { secrets } from "./env/secrets";
import { server } from "./env/server";
import {
  readSettings,
  type Setting,
  type Source,
  together,
  type ValueOf,
  type Warnings,
} from "./env/setting";
import { storage } from "./env/storage";
import { processWide } from "./process-wide";

/** What any server needs. What a room alone needs is a group of its own there, read by `settingsOf`. */
export const ENV = together(
  { server, secrets, storage, mail },
  ({ server, secrets, storage, mail }) => ({ ...server, ...secrets, ...storage, mail }),
);

export type Env = Readonly<ValueOf<typeof ENV> & Warnings>;

/** @throws {EnvError} see readSettings */
export function parseEnv(source: Source): Env {
  return readSettings(ENV, source);
}

/**
 * Settings of this process, read once under this name.
 *
 * @throws {EnvError} see readSettings
 */
export function settingsOf<T extends object>(name: string, setting: Setting<T>): Readonly<T> {
  return processWide(name, () => readSettings(setting, process.env));
}

/**
 * The checked environment of this process, read once.
 *
 * @throws {EnvError} see readSettings
 */
export function env(): Env {
  return processWide("env", () => {
    const parsed = parseEnv(process.env);
    // next-auth takes its own origin from this variable or else from the Host header, which anybody can set.
    process.env["AUTH_URL"] = parsed.baseUrl;
    return parsed;
  });
}
