/** Sentences about every breach of the import law in these files (path in the repository to text). */
export function breaches(files: Map<string, string>): string[];
