import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { OperatorError } from "./operator-error";

/**
 * A new password from a file, from a pipe, or typed without being shown. Never from an argument, which every
 * user of the machine can read in the process list. One line break at the end is the file's, not the password's.
 *
 * @throws {OperatorError} when the file cannot be read
 */
export async function readPassword(file: string | undefined): Promise<string> {
  if (file !== undefined) {
    const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new OperatorError(`--password-file: ${file} cannot be read (${error.code}).`, 4);
    });
    return content.replace(/\r?\n$/, "");
  }
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, "");
  process.stderr.write("Password (not shown): ");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const typed = await new Promise<string>((resolve) => {
    prompt.once("line", resolve);
    prompt.once("close", () => resolve(""));
  });
  prompt.close();
  process.stderr.write("\n");
  return typed;
}
