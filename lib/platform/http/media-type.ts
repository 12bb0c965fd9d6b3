const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g;
const UTF_8 = /^["']?utf-?8["']?$/i;

/**
 * Whether a Content-Type header names this type in UTF-8 (RFC 9110, 8.3). Other parameters say nothing that we would
 * need, and neither does a semicolon without one; a `charset` that is another one does.
 */
export function isUtf8Of(type: string, header: string | null): boolean {
  const [named = ""] = (header ?? "").split(";", 1);
  if (named.trim().toLowerCase() !== type) return false;
  return [...(header ?? "").matchAll(PARAMETER)].every(
    ([, name = "", value = ""]) => name.toLowerCase() !== "charset" || UTF_8.test(value.trim()),
  );
}
