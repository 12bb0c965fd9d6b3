/**
 * Runs `work` while no other process that asks for the same `file` does. A holder that was killed is
 * recognised by its silence: a living one touches the file every second.
 */
export function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  options?: { onWait?: () => void },
): Promise<T>;
