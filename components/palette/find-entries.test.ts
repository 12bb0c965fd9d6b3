import { expect, test } from "vitest";
import { findEntries } from "./find-entries";
import type { PaletteEntry } from "./palette-data";

const entry = (label: string, also?: string): PaletteEntry => ({
  id: label,
  group: "pages",
  label,
  ...(also && { also }),
  does: { kind: "page", href: "/" },
});
const ENTRIES = [
  entry("Import a CSV file", "upload, many users"),
  entry("Users"),
  entry("Deleted users", "trash, restore"),
  entry("Auditoría", "registro"),
  entry("Second factor", "two-factor, 2FA"),
];

test.each([
  ["", ["Import a CSV file", "Users", "Deleted users", "Auditoría", "Second factor"]],
  ["  ", ["Import a CSV file", "Users", "Deleted users", "Auditoría", "Second factor"]],
  ["user", ["Users", "Deleted users", "Import a CSV file"]],
  ["USERS DEL", ["Deleted users"]],
  ["auditoria", ["Auditoría"]],
  ["AUDITORÍA", ["Auditoría"]],
  ["2fa", ["Second factor"]],
  ["factor", ["Second factor"]],
  ["csv import", ["Import a CSV file"]],
  ["eleted", ["Deleted users"]],
  ["users zzz", []],
  ["(.*", []],
])("%j finds %j", (typed, found) => {
  expect(findEntries(ENTRIES, typed).map(({ label }) => label)).toEqual(found);
});
