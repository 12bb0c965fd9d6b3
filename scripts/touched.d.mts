export function changedFiles(since?: string): Promise<{ base: string; files: string[] }>;
export function testsThatLookAt(files: string[]): string[] | null;
export const AREAS: readonly [path: RegExp, names: readonly string[] | "itself"][];
