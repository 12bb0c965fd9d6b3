import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { TestMailView } from "@/app/v1/replies/test-mail-view";
import { HealthView } from "@/lib/bootstrap/health-view";
import {
  IMAGE_MAX_BYTES,
  IMAGE_MAX_SIDE,
  IMAGE_TYPES,
  SettingsChanges,
} from "@/lib/settings/schema";
import { SettingsView } from "@/lib/settings/settings-view";
import type { Answer } from "../describe-path";
import { native } from "./native";

const theSettings = (description: string): Answer => ({
  description,
  schema: SettingsView,
  headers: ["ETag"],
});

export const settings: ZodOpenApiPathsObject = {
  "/v1/settings": native("Settings", {
    get: {
      id: "getSettings",
      summary: "Read the settings",
      answers: { 200: theSettings("The settings") },
      codes: ["FORBIDDEN"],
    },
    patch: {
      id: "updateSettings",
      summary: "Change settings",
      description:
        "Any of them; `null` takes one back to what it is by default. Other processes of the installation follow within about a second. Rules of passwords, lengths of sessions and allowed origins ask for a session that was confirmed.",
      body: SettingsChanges,
      example: { name: "Example Accounts", accent: "#2563eb" },
      ifMatch: true,
      answers: { 200: theSettings("The settings as they are now") },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "CONFIRMATION_REQUIRED", "SETTING_FIXED", "STALE"],
    },
  }),
  "/v1/settings/health": native("Settings", {
    get: {
      id: "getHealth",
      summary: "See how the installation does",
      description:
        "As the process that answers sees it, and by this very request. Balancers ask `/health/ready`, which needs no right.",
      answers: { 200: { description: "What was looked at", schema: HealthView } },
      codes: ["FORBIDDEN"],
    },
  }),
  "/v1/settings/mail/test": native("Settings", {
    post: {
      id: "sendTestMail",
      summary: "Have a test mail sent to oneself",
      description: "Tells what the mail server said to it. Five times in five minutes.",
      answers: { 200: { description: "What came of it", schema: TestMailView } },
      codes: ["FORBIDDEN", "RATE_LIMITED"],
    },
  }),
  "/v1/settings/mark": native("Settings", {
    get: {
      id: "getMark",
      summary: "See the image that stands for the installation",
      description: "For everybody, as it is shown at the door.",
      security: [],
      answers: {
        200: {
          description: "The image",
          type: [...IMAGE_TYPES],
          schema: z.string().meta({ format: "binary" }),
        },
      },
      codes: ["NOT_FOUND"],
    },
    put: {
      id: "setMark",
      summary: "Have an image stand for the installation",
      description: `A PNG, JPEG or WebP file of at most ${IMAGE_MAX_BYTES / 1024} KiB and ${IMAGE_MAX_SIDE} pixels a side, as the body. What it is is read from its bytes. It is shown at the door, also to who is not signed in.`,
      bodyType: "image/*",
      body: z.string().meta({ format: "binary" }),
      ifMatch: true,
      answers: { 200: theSettings("The settings as they are now") },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "STALE"],
    },
    delete: {
      id: "removeMark",
      summary: "Have the product's mark stand for the installation again",
      ifMatch: true,
      answers: { 200: theSettings("The settings as they are now") },
      codes: ["FORBIDDEN", "STALE"],
    },
  }),
};
