/** Runs one step of a start with a line on stderr: what it is, then a mark and the seconds it took. */
export function step<T>(label: string, work: () => Promise<T>): Promise<T>;
