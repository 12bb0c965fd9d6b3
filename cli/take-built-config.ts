import { readFile } from "node:fs/promises";
import path from "node:path";

/** Where Next looks for the settings of a build before it reads `next.config.ts`; its standalone server uses it. */
const BUILT_CONFIG = "__NEXT_PRIVATE_STANDALONE_CONFIG";

/**
 * Has Next take its settings as the build has judged them. Reading `next.config.ts` anew loads two compilers and a file
 * watcher, 60 MB and a third of a start, for what the build has written down.
 */
export async function takeBuiltConfig(root: string): Promise<void> {
  const file = path.join(root, ".next", "required-server-files.json");
  const { config } = JSON.parse(await readFile(file, "utf8"));
  // The folder may be another than the one it was built in.
  const turbopack = { ...config.turbopack, root };
  process.env[BUILT_CONFIG] = JSON.stringify({ ...config, outputFileTracingRoot: root, turbopack });
}
