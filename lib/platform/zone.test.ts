import { describe, expect, test } from "vitest";
import { dayIn, isZone, startOfDay } from "./zone";

test.each([
  ["Europe/Madrid", true],
  ["UTC", true],
  ["Asia/Kathmandu", true],
  ["America/Argentina/Buenos_Aires", true],
  ["+02:00", false],
  ["Mars/Olympus", false],
  ["", false],
  ["__proto__", false],
])("%s is a zone: %s", (name, is) => expect(isZone(name)).toBe(is));

describe("the first instant of a day", () => {
  test.each([
    ["2026-11-21", "UTC", "2026-11-21T00:00:00.000Z"],
    ["2026-11-21", "Europe/Madrid", "2026-11-20T23:00:00.000Z"],
    ["2026-07-01", "Europe/Madrid", "2026-06-30T22:00:00.000Z"],
    ["2026-11-21", "Asia/Kathmandu", "2026-11-20T18:15:00.000Z"],
    ["2026-11-21", "Pacific/Kiritimati", "2026-11-20T10:00:00.000Z"],
    ["2026-11-21", "Pacific/Pago_Pago", "2026-11-21T11:00:00.000Z"],
    // The nights the clocks change, at 2 and at 3.
    ["2026-03-29", "Europe/Madrid", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Madrid", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Madrid", "2026-10-24T22:00:00.000Z"],
    ["2026-10-26", "Europe/Madrid", "2026-10-25T23:00:00.000Z"],
    // Midnight itself is skipped: the day begins at 1.
    ["2024-09-08", "America/Santiago", "2024-09-08T04:00:00.000Z"],
    // Midnight comes twice: the day begins at the first.
    ["2024-11-03", "America/Havana", "2024-11-03T04:00:00.000Z"],
  ])("%s in %s", (day, zone, instant) => {
    expect(startOfDay(day, zone).toISOString()).toBe(instant);
    expect(dayIn(zone, startOfDay(day, zone))).toBe(day);
    expect(dayIn(zone, new Date(startOfDay(day, zone).getTime() - 1))).not.toBe(day);
  });

  test.each([
    ["0001-01-01", "UTC", "0001-01-01T00:00:00.000Z"],
    ["0001-01-01", "Asia/Tokyo", "0001-01-01T00:00:00.000Z"], // as near as it can be written
    ["0001-01-02", "America/Bogota", "0001-01-02T04:56:16.000Z"],
    ["0050-06-01", "UTC", "0050-06-01T00:00:00.000Z"],
    ["9999-12-31", "America/Bogota", "9999-12-31T05:00:00.000Z"],
  ])("at the ends of the calendar: %s in %s", (day, zone, instant) => {
    expect(startOfDay(day, zone).toISOString()).toBe(instant);
    expect(startOfDay("9999-12-31", "America/Bogota", 1).toISOString()).toBe(
      "9999-12-31T23:59:59.999Z",
    );
  });

  test("days are counted on the calendar, not in hours", () => {
    expect(startOfDay("2026-03-29", "Europe/Madrid", 1).toISOString()).toBe(
      "2026-03-29T22:00:00.000Z",
    );
    expect(startOfDay("2026-02-28", "UTC", 1).toISOString()).toBe("2026-03-01T00:00:00.000Z");
  });
});
