import { z } from "zod";
import { takePasskey } from "@/lib/factors/take-passkey";
import type { Provider } from "./provider";

/** The ticket of the challenge, and the browser's answer as JSON. */
const form = z.object({
  ticket: z.string().min(1).max(2_000),
  response: z.string().min(1).max(16_000),
});

/** A passkey, which was opened by finger, face or PIN and so stands for both factors. */
export const passkey: Provider<typeof form> = {
  name: "passkey",
  form,
  names: null,
  standsForBoth: true,
  async prove({ ticket, response }, find) {
    const used = await takePasskey(ticket, response);
    return used && find({ id: used.userId });
  },
  shown: { kind: "passkeyButton" },
};
