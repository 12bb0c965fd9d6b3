export function openFilesLimit(): number;
export function requireOpenFiles(): void;
