import { expect, test } from "vitest";
import { describeDevice, deviceKind } from "./describe-device";

const MOZILLA = "Mozilla/5.0";
const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    `${MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`,
    ["desktop", "Firefox", "Linux"],
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1`,
    ["phone", "Safari", "iOS"],
  ],
  [
    `${MOZILLA} (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`,
    ["phone", "Chrome", "Android"],
  ],
  [
    `${MOZILLA} (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1`,
    ["tablet", "Safari", "iOS"],
  ],
  ["curl/8.5.0", ["program", "curl", null]],
  ["python-requests/2.32", ["program", "python-requests", null]],
  ["Mozilla/5.0", ["program", undefined, undefined]],
  ["<script>/1", ["program", undefined, undefined]],
  ["", ["program", undefined, undefined]],
  [null, ["program", undefined, undefined]],
])("%s", (userAgent, [kind, browser, system]) => {
  expect(deviceKind(userAgent)).toBe(kind);
  const device = describeDevice(userAgent);
  if (system !== undefined) expect(device).toEqual({ browser, system });
  else expect(device).toBeNull();
});
