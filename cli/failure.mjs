// Plain JavaScript without packages: it also has to say that a package is missing.

/** What the system refuses, in words. `{}` stands for what it was about. */
const SYSTEM = {
  EMFILE: "Too many files are open. Raise the limit (ulimit -n 4096, in systemd LimitNOFILE=4096).",
  ENFILE: "This machine has too many files open. Raise fs.file-max, or end what opens so many.",
  ENOSPC: "The disk is full{}. Make room and start again.",
  EDQUOT: "The disk quota is used up{}. Make room and start again.",
  ENOMEM: "There is not enough memory. Give it 1 GB or more.",
  EACCES: "There are no rights{}. It must belong to the user who runs this.",
  EPERM: "There are no rights{}. It must belong to the user who runs this.",
  EROFS: "The disk can only be read{}. What is kept must be on one that can be written.",
};

/** Every error in the chain of causes, outermost first. */
function* causes(error) {
  for (let depth = 0; error instanceof Error && depth < 8; depth++, error = error.cause)
    yield error;
}

/**
 * What is printed of what ended a command, and its exit code. What an operator can mend is said without a stack;
 * of a fault of our own the stack is shown to whoever asks for it.
 *
 * @param {unknown} error
 * @returns {{ words: string, exitCode: number }}
 */
export function failure(error) {
  for (const { message, exitCode } of causes(error)) {
    if (typeof exitCode === "number") return { words: message, exitCode }; // it was made to be read
  }
  for (const { code, path, message } of causes(error)) {
    if (SYSTEM[code])
      return { words: SYSTEM[code].replace("{}", path ? ` (${path})` : ""), exitCode: 1 };
    if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") {
      const what = /'([^']+)'/.exec(message)?.[1] ?? "one";
      return {
        words: `A package is missing or broken (${what}). Put it back with: npm ci`,
        exitCode: 1,
      };
    }
  }
  const message = error instanceof Error ? error.message : String(error);
  const debug = /^(debug|trace)$/.test(process.env.LOG_LEVEL ?? "");
  const where = debug && error instanceof Error ? `${error.stack}\n` : "";
  const hint = debug ? "" : " LOG_LEVEL=debug shows where.";
  const sentence = message.trim().split("\n")[0] || "no reason given";
  return {
    words: `${where}It ended by a fault of its own: ${sentence}.${hint}`.replace("..", "."),
    exitCode: 1,
  };
}
