import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A folder with what the product is compared with, made once and kept in the system's folder for such things: nothing
 * of it is a dependency of the product.
 *
 * @param packages names and versions, installed by npm without their scripts
 * @param files texts by their paths in the folder
 * @param build a command with its arguments, run in the folder in the end
 * @returns the folder's path
 */
export async function ownFolder(name, { packages, files, build, signal }) {
  const wanted = JSON.stringify({ packages, files, build, node: process.versions.node });
  const digest = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  const folder = path.join(tmpdir(), `latchkey-bench-${name}-${digest}`);
  const done = path.join(folder, ".made");
  const isMade = () =>
    access(done).then(
      () => true,
      () => false,
    );
  if (await isMade()) return folder;
  const making = `${folder}.${process.pid}`;
  try {
    await mkdir(making, { recursive: true });
    const description = { name, private: true, type: "module", dependencies: packages };
    await writeFile(path.join(making, "package.json"), JSON.stringify(description));
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(making, file)), { recursive: true });
      await writeFile(path.join(making, file), text);
    }
    const within = { cwd: making, signal, env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } };
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await run("npm", ["install", ...quiet], within);
    if (build) await run(build[0], build.slice(1), within);
    await writeFile(path.join(making, ".made"), "");
    // Whoever was quicker has made the same.
    await rename(making, folder).catch(async (error) => {
      if (!(await isMade())) throw error;
    });
    return folder;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}
