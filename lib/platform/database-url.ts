const ENCODED = "@ as %40, # as %23, / as %2F, ? as %3F, % as %25";

/** What is wrong with the address of a database, in words that never repeat it; null when nothing is. */
export function databaseUrlProblem(value: string): string | null {
  const scheme = /^postgres(ql)?:\/\//.exec(value)?.[0];
  if (scheme === undefined) return "must start with postgresql://";
  // A character of the password that means something in a URL moves the borders between its parts.
  const moved = `cannot be read: write special characters of user and password as a URL does, ${ENCODED}`;
  const [beforeQuery = ""] = value.slice(scheme.length).split("?", 1);
  if (/%(?![0-9a-f]{2})/i.test(beforeQuery)) return moved;
  const url = parse(value);
  if (url === null) return value.includes("@") ? moved : "is no URL";
  if (url.hash !== "" || url.pathname.includes("@")) return moved;
  if (url.username === "" && beforeQuery.length < value.slice(scheme.length).lastIndexOf("@")) {
    return moved;
  }
  return null;
}

/** As the driver reads it: with the host in the query there need be none in front. */
function parse(value: string): URL | null {
  const url = value.replace("@/", "@in-the-query/");
  return URL.canParse(url) ? new URL(url) : null;
}

/** The schema that the address names as Prisma writes it, `?schema=`; null when it names none that way. */
export function schemaOf(databaseUrl: string): string | null {
  return parse(databaseUrl)?.searchParams.get("schema") || null;
}

/** `migrationUrl`, which looks where `databaseUrl` looks unless it says otherwise. */
export function inSchemaOf(databaseUrl: string, migrationUrl: string): string {
  const own = parse(migrationUrl)?.searchParams;
  if (own?.has("schema") || own?.has("options")) return migrationUrl;
  const kept = new URLSearchParams();
  for (const name of ["schema", "options"]) {
    const value = parse(databaseUrl)?.searchParams.get(name);
    if (value) kept.set(name, value);
  }
  if (kept.size === 0) return migrationUrl;
  return `${migrationUrl}${migrationUrl.includes("?") ? "&" : "?"}${kept}`;
}

/**
 * The address as the driver takes it. It reads these three modes alike, as `verify-full`, and warns on standard error
 * that it will not always.
 */
export function driverUrl(databaseUrl: string): string {
  return databaseUrl.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, "$1verify-full");
}
