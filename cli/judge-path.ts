import { type ApiFamily, apiFamily } from "@/lib/platform/http/api-family";

/** What a request's target is, judged once and before anything is run. */
export type JudgedPath =
  | { kind: "plain"; path: string; family: ApiFamily | null }
  /** Another spelling of a path: `to` is the path itself, with the query. */
  | { kind: "moved"; to: string; family: ApiFamily | null }
  /** No path at all, or one that could be taken for two. */
  | { kind: "refused"; status: 400 | 404; message: string; family: ApiFamily | null };

/** What separates, ends or hides a segment for one reader and not for the next, as it is and encoded. */
const AMBIGUOUS = /[\\;]|%(?:[01][0-9a-f]|7f|2f|5c|25|3b|3f|23)/i;
/** Letters that need no encoding (RFC 3986, 2.3): encoded or not, they mean the same. */
const UNRESERVED = /%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7e)/gi;

/**
 * Judges a request's target. The framework, the proxies before it and our own checks must read the same path, or
 * what is refused below one name is served below another; so there is one spelling of each path (RFC 3986, 6.2.2),
 * harmless other spellings are led to it, and those that different readers take for different paths are refused.
 */
export function judgePath(target: string): JudgedPath {
  if (!target.startsWith("/")) {
    const family = URL.canParse(target) ? apiFamily(new URL(target).pathname) : null;
    return { kind: "refused", status: 400, message: "The request target must be a path.", family };
  }
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  const query = end < 0 ? "" : target.slice(end);
  if (target.includes("#") || !/^[\x21-\x7e]+$/.test(path) || !isUtf8(path)) {
    const message = "The request target is no path.";
    return { kind: "refused", status: 400, message, family: familyMeant(path) };
  }

  const decoded = path.replace(UNRESERVED, (encoded) => decodeURIComponent(encoded));
  const segments = decoded.split("/");
  if (AMBIGUOUS.test(decoded) || segments.includes(".") || segments.includes("..")) {
    return nothing(familyMeant(path));
  }
  const canonical = `/${segments.filter((segment) => segment !== "").join("/")}`;
  const family = apiFamily(canonical);
  if (family === null && apiFamily(canonical.toLowerCase()) !== null) {
    return nothing(apiFamily(canonical.toLowerCase()));
  }
  return canonical === path
    ? { kind: "plain", path, family }
    : { kind: "moved", to: `${canonical}${query}`, family };
}

function nothing(family: ApiFamily | null): JudgedPath {
  return { kind: "refused", status: 404, message: "There is nothing at this path.", family };
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Whose words fit a refused path: of the family it begins with, else of the one it leads to. */
function familyMeant(path: string): ApiFamily | null {
  const plain = (isUtf8(path) ? decodeURIComponent(path) : path)
    .toLowerCase()
    .replaceAll("\\", "/")
    .replaceAll(/;[^/]*/g, "");
  const begins = plain.split("/").find((segment) => segment !== "" && segment !== ".") ?? "";
  const leads = URL.canParse(plain, "http://n") ? new URL(plain, "http://n").pathname : "/";
  return apiFamily(`/${begins}`) ?? apiFamily(leads);
}
