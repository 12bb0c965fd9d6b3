import { link, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { randomSecret } from "@/lib/platform/secrets/digest";

/**
 * The secret of an installation that has its own database: made once, kept in `DATA_DIR/auth-secret` (0600).
 * Of several starts at once one makes it and all read the same; it is never half-written.
 */
export async function generatedSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "auth-secret");
  const known = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (known !== null) return known.trim();

  const draft = `${file}.${process.pid}`;
  const handle = await open(draft, "w", 0o600);
  await handle.writeFile(`${randomSecret()}\n`);
  await handle.sync();
  await handle.close();
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return (await readFile(file, "utf8")).trim();
}
