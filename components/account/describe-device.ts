import Bowser from "bowser";

export type DeviceKind = "desktop" | "phone" | "tablet" | "program";

/** How a program that is no browser begins, as RFC 9110 has it: `curl/8.5.0`. */
const PROGRAM = /^(?!Mozilla\/)([A-Za-z][\w.-]{0,39})\//;

/**
 * The browser, or other program, and the system behind a User-Agent, such as "Firefox on macOS"; null when it tells
 * neither.
 */
export function describeDevice(
  userAgent: string | null,
): { browser: string | null; system: string | null } | null {
  if (!userAgent) return null;
  const parser = Bowser.getParser(userAgent);
  const browser = parser.getBrowserName() || PROGRAM.exec(userAgent)?.[1] || null;
  const system = parser.getOSName() || null;
  return browser === null && system === null ? null : { browser, system };
}

const KINDS: Record<string, DeviceKind> = {
  desktop: "desktop",
  tv: "desktop",
  mobile: "phone",
  tablet: "tablet",
};

/** What sort of device is behind a User-Agent; a program, when it is no browser's. */
export function deviceKind(userAgent: string | null): DeviceKind {
  if (!userAgent) return "program";
  return KINDS[Bowser.getParser(userAgent).getPlatformType()] ?? "program";
}
