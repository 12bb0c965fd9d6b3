import type { ZodOpenApiPathsObject } from "zod-openapi";
import { Statistics } from "@/lib/statistics/statistics-view";
import { native } from "./native";

export const statistics: ZodOpenApiPathsObject = {
  "/v1/statistics": native("Statistics", {
    get: {
      id: "getStatistics",
      summary: "Read the figures of the installation",
      description:
        "For who may read every user. Sign-ins are counted within seconds; days are those of UTC.",
      answers: { 200: { description: "The figures", schema: Statistics } },
      codes: ["FORBIDDEN"],
    },
  }),
};
