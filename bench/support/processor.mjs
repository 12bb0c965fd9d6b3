import { readFile } from "node:fs/promises";

const TICKS_PER_SECOND = 100;

/** Seconds of processor that a process has taken, and the children it has waited for. */
export async function processor(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
}

/** The same with its children that run still. */
export async function processorWithChildren(pid) {
  const children = await childrenOf(pid);
  const each = [pid, ...children].map((one) => processor(one).catch(() => 0));
  return (await Promise.all(each)).reduce((sum, seconds) => sum + seconds, 0);
}

export async function childrenOf(pid) {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.trim().split(" ").filter(Boolean);
}
