import { readFileSync, statSync } from "node:fs";
import { z } from "zod";

/** One thing wrong with the environment: which variable, and what to do about it. */
export type EnvProblem = { name: string; fix: string };

/** The environment is bad or half-set; the start must stop and print `problems`. Values never appear in it. */
export class EnvError extends Error {
  override name = "EnvError";
  constructor(readonly problems: EnvProblem[]) {
    super(problems.map((problem) => `${problem.name}: ${problem.fix}`).join("\n"));
  }
}

export type Source = Record<string, string | undefined>;

/** Told while an environment is read: what stops the start, and what is worth telling only. */
type Report = {
  refuse(name: string, fix: string): void;
  warn(name: string, fix: string): void;
};

const FAILED = Symbol("failed");

/** Something the operator sets: the variables that it is read from, and how. */
export type Setting<T> = {
  names: readonly string[];
  /** FAILED when it was reported why. */
  read(source: Source, report: Report): T | typeof FAILED;
};

export type ValueOf<S> = S extends Setting<infer T> ? T : never;

export const text = z.string().trim().min(1);

export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
}

export const flag = z
  .enum(["true", "false", "1", "0"], { error: "must be true or false" })
  .transform((value) => value === "true" || value === "1");

/** A setting of one variable. What is wrong with it is what the schema says. */
export function variable<T>(name: string, schema: z.ZodType<T>): Setting<T> {
  return {
    names: [name],
    read(source, report) {
      const parsed = schema.safeParse(source[name]);
      if (parsed.success) return parsed.data;
      for (const { message } of parsed.error.issues) report.refuse(name, message);
      return FAILED;
    },
  };
}

/** A setting that is in the variable, or in the file whose path `<name>_FILE` has. */
export function secret<T>(name: string, schema: z.ZodType<T>): Setting<T> {
  const path = variable(`${name}_FILE`, text.optional());
  return {
    names: [name, ...path.names],
    read(source, report) {
      const file = path.read(source, report);
      if (file === undefined) return variable(name, schema).read(source, report);
      if (file === FAILED) return FAILED;
      if (source[name] !== undefined) {
        report.refuse(name, `set ${name} or ${name}_FILE, not both`);
        return FAILED;
      }
      const value = readSecretFile(`${name}_FILE`, file, report);
      return value === undefined ? FAILED : variable(name, schema).read({ [name]: value }, report);
    },
  };
}

/** What a file holds but for one line break at its end; undefined when it was reported why it cannot be read. */
export function readSecretFile(name: string, file: string, report: Report): string | undefined {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) {
      report.refuse(name, "points to a folder; give it a file that holds only the secret");
      return undefined;
    }
    if (stat.mode & 0o004) report.warn(name, "the file is readable by every user; chmod 600 it");
    const value = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    if (value === "") report.refuse(name, "the file is empty");
    return value;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    report.refuse(name, code === "ENOENT" ? "no such file" : `the file cannot be read (${code})`);
    return undefined;
  }
}

type Parts = Record<string, Setting<unknown>>;
type Values<P extends Parts> = { [Key in keyof P]: ValueOf<P[Key]> };

/** Settings that are one, or that belong together; `make` is asked when each of them could be read. */
export function together<P extends Parts, T>(
  parts: P,
  make: (values: Values<P>, report: Report) => T,
): Setting<T> {
  return {
    names: Object.values(parts).flatMap(({ names }) => names),
    read(source, report) {
      const read = Object.entries(parts).map(([key, part]) => [key, part.read(source, report)]);
      if (read.some(([, value]) => value === FAILED)) return FAILED;
      return make(Object.fromEntries(read), report);
    },
  };
}

/** Settings side by side. */
export function group<P extends Parts>(parts: P): Setting<Values<P>> {
  return together(parts, (values) => values);
}

/** Worth telling the operator at start, not worth refusing. */
export type Warnings = { warnings: readonly EnvProblem[] };

/**
 * Reads and checks settings at once, so that one start shows every problem.
 *
 * @throws {EnvError} naming each variable and its fix (docs/contracts/environment.md)
 */
export function readSettings<T extends object>(setting: Setting<T>, raw: Source): T & Warnings {
  // An empty variable is an unset one: compose files and unit files write `NAME=` for "not this one".
  const source = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ""));
  const problems: EnvProblem[] = [];
  const warnings: EnvProblem[] = [];
  const value = setting.read(source, {
    refuse: (name, fix) => problems.push({ name, fix }),
    warn: (name, fix) => warnings.push({ name, fix }),
  });
  if (value === FAILED || problems.length > 0) throw new EnvError(problems);
  return { ...value, warnings };
}
