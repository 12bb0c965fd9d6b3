// Plain JavaScript: used before any package is there.

const CHECK = "\u2713";
const CROSS = "\u2717";

/** @param {number} code @param {string} text */
function paint(code, text) {
  return process.stderr.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export async function step(label, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const live = process.stderr.isTTY === true;
  const show = (text) => process.stderr.write(live ? `\r\u001b[K${text}` : `${text}\n`);
  show(`  ${label} ...`);
  const timer = live && setInterval(() => show(`  ${label} ... ${paint(2, seconds())}`), 500);
  try {
    const result = await work();
    show(`${paint(32, CHECK)} ${label} ${paint(2, seconds())}`);
    return result;
  } catch (error) {
    show(`${paint(31, CROSS)} ${label} ${paint(2, seconds())}`);
    throw error;
  } finally {
    clearInterval(timer);
    if (live) process.stderr.write("\n");
  }
}
