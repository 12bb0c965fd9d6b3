export function allFiles(root: string): Map<string, string>;
export function deadLinks(files: Map<string, string>): string[];
