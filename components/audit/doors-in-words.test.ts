import { expect, test } from "vitest";
import { DOORS } from "@/lib/audit/schema";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import { messageKey } from "./describe-event";

test.each([
  ["en", en],
  ["es", es],
])(
  "every door has words in %s: in the trail, and in the receipt where one claims by it",
  (_, messages) => {
    const trail = Object.keys(messages.auditFilters.doors);
    const receipt = Object.keys(messages.done);
    for (const { name, does } of DOORS) {
      expect(trail).toContain(messageKey(name));
      if (does === "claims") expect(receipt).toContain(`door_${messageKey(name)}`);
    }
  },
);
