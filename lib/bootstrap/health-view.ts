import { z } from "zod";
import { PREFLIGHT_IDS } from "./preflight";

/** What is looked at beside what was looked at before the claim. */
export const HEALTH_IDS = ["clients", "writing", "trail", "jobs", "mail"] as const;

/** How the installation does, as the world outside this floor sees it. Never a secret. */
export const HealthView = z
  .object({
    version: z.string().meta({ description: "Of the product that answers." }),
    checks: z.array(
      z.object({
        id: z.enum([...PREFLIGHT_IDS, ...HEALTH_IDS]),
        state: z.enum(["ok", "warning", "failed"]),
        detail: z
          .record(z.string(), z.string())
          .optional()
          .meta({ description: "What was seen, where there is more to say than the state." }),
      }),
    ),
  })
  .meta({ id: "Health" });
export type HealthView = z.output<typeof HealthView>;
