// Plain JavaScript without packages: installing them needs files, too.

/** With less neither the pages are built nor is a handful of people served. */
const LEAST = 256;

/** How many files, connections among them, this process may have open at once; Infinity where nobody says. */
export function openFilesLimit() {
  process.report.excludeNetwork = true; // it would look up the names of whoever is connected
  const { userLimits } = process.report.getReport();
  const soft = Number(userLimits?.open_files?.soft); // "unlimited" is no number
  return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
}

/** Ends a start that would break off somewhere in the middle, each time somewhere else. */
export function requireOpenFiles() {
  const limit = openFilesLimit();
  if (limit >= LEAST) return;
  const words = `Only ${limit} open files are allowed here, and ${LEAST} are needed at the least. Raise it: ulimit -n 65536, or LimitNOFILE= in the unit.`;
  throw Object.assign(new Error(words), { exitCode: 1 });
}
