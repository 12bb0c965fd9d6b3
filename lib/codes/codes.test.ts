import { STATUS_CODES } from "node:http";
import { expect, test } from "vitest";
import { CONFIRMED_MINUTES } from "@/lib/access/recently-confirmed";
import { JSON_MAX_BYTES } from "@/lib/platform/http/read-json";
import { CODES } from "./codes";

test("a code has a status that HTTP knows, and sentences", () => {
  for (const [code, { status, otherStatus, means, says }] of Object.entries(CODES)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    for (const one of [status, otherStatus ?? status])
      expect(STATUS_CODES, code).toHaveProperty(`${one}`);
    for (const sentence of [means, says ?? means]) expect(sentence, code).toMatch(/^[A-Z].+\S$/);
  }
});

test("the numbers in sentences are those that hold", () => {
  const { means, says } = CODES.CONFIRMATION_REQUIRED;
  expect(means).toContain(`${CONFIRMED_MINUTES} minutes`);
  expect(says).toContain(`${CONFIRMED_MINUTES} minutes`);
  expect(CODES.BODY_TOO_LARGE.means).toContain(`JSON may have ${JSON_MAX_BYTES / 1024} KiB`);
});
