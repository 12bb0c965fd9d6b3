import Bowser from "bowser";

/** The browser and the system behind a User-Agent, such as "Firefox on macOS"; null when it tells neither. */
export function describeDevice(
  userAgent: string | null,
): { browser: string | null; system: string | null } | null {
  if (!userAgent) return null;
  const parser = Bowser.getParser(userAgent);
  const browser = parser.getBrowserName() || null;
  const system = parser.getOSName() || null;
  return browser === null && system === null ? null : { browser, system };
}
