import { readFile } from "node:fs/promises";
import { childrenOf } from "./processor.mjs";

const inMegabytes = (text, name) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)[1]) / 1024;

/** Megabytes that a process holds, those it shares with others as well (RSS). */
export async function resident(pid) {
  return inMegabytes(await readFile(`/proc/${pid}/status`, "utf8"), "VmRSS");
}

/** Megabytes of a process and of its children, what they share counted once (PSS). */
export async function proportional(pid) {
  const pids = [pid, ...(await childrenOf(pid))];
  const sizes = await Promise.all(
    pids.map(async (one) =>
      inMegabytes(
        await readFile(`/proc/${one}/smaps_rollup`, "utf8").catch(() => "Pss: 0 kB"),
        "Pss",
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
