// Plain JavaScript: it also guards the installation of the packages that the rest of the code needs.
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 1_000;
const SILENT_MS = 15_000;

/** @param {string} file @param {string} owner */
async function acquire(file, owner) {
  try {
    await writeFile(file, owner, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/**
 * Takes a silent holder's file out of the way. A rename has one winner; whoever finds that it took away
 * something else than it had judged (another process was quicker) puts it back.
 *
 * @param {string} file @param {string} owner
 */
async function clearIfSilent(file, owner) {
  try {
    const before = await readFile(file, "utf8");
    if (Date.now() - (await stat(file)).mtimeMs < SILENT_MS) return;
    const aside = `${file}.${owner}`;
    await rename(file, aside);
    if ((await readFile(aside, "utf8")) !== before) await link(aside, file).catch(() => {});
    await rm(aside, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error; // released meanwhile
  }
}

export async function withFileLock(file, work, { onWait = () => {} } = {}) {
  const owner = randomUUID();
  await mkdir(path.dirname(file), { recursive: true });
  for (let attempt = 0; !(await acquire(file, owner)); attempt++) {
    if (attempt === 0) onWait();
    await clearIfSilent(file, owner);
    await sleep(50 + Math.random() * 100);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {}); // the folder may be removed under us; then nobody else waits either
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readFile(file, "utf8").catch(() => "")) === owner) await rm(file, { force: true });
  }
}
