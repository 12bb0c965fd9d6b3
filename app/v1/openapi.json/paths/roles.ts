import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { ComparedRole } from "@/lib/roles/compare-roles";
import { AccessAnswer, AccessCase } from "@/lib/roles/explain-access";
import { RolePreview } from "@/lib/roles/preview-role";
import { RoleQuery } from "@/lib/roles/role-page";
import { RoleView } from "@/lib/roles/role-view";
import { RoleChanges, RoleInput } from "@/lib/roles/schema";
import { AccessQuestion, WhoView } from "@/lib/roles/who-may";
import { type Answer, listOf, pageOf } from "../describe-path";
import { native } from "./native";

const SUPPORT = {
  name: "Support",
  policies: [
    {
      action: ["read", "update"],
      subject: "User",
      conditions: { "role.slug": "predefined_user" },
    },
  ],
};
const slug = z.object({ slug: z.string().meta({ description: "The slug of the role." }) });
const aRole = (description: string): Answer => ({
  description,
  schema: RoleView,
  headers: ["ETag"],
});

export const roles: ZodOpenApiPathsObject = {
  "/v1/roles": native("Roles", {
    get: {
      id: "listRoles",
      summary: "List roles",
      query: RoleQuery,
      answers: { 200: { description: "One page", schema: pageOf(RoleView), headers: ["Link"] } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
    post: {
      id: "createRole",
      summary: "Create a role",
      description:
        "Policies are CASL rules. Nobody creates a role that allows more than they may themselves.",
      body: RoleInput,
      example: SUPPORT,
      idempotent: true,
      answers: {
        201: { ...aRole("The role"), headers: ["ETag", "Location", "Idempotent-Replayed"] },
      },
      codes: [
        "VALIDATION_FAILED",
        "FORBIDDEN",
        "BEYOND_OWN_RIGHTS",
        "NAME_TAKEN",
        "TOO_MANY_ROLES",
      ],
    },
  }),
  "/v1/roles/{slug}": native("Roles", {
    get: {
      id: "getRole",
      summary: "Read a role",
      path: slug,
      answers: { 200: aRole("The role") },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
    patch: {
      id: "updateRole",
      summary: "Change a role",
      description: "Counts from the next request of everybody who has the role.",
      path: slug,
      body: RoleChanges,
      example: { name: "Help desk" },
      ifMatch: true,
      answers: { 200: aRole("The role as it is now") },
      codes: [
        "VALIDATION_FAILED",
        "FORBIDDEN",
        "CONFIRMATION_REQUIRED",
        "BEYOND_OWN_RIGHTS",
        "NOT_FOUND",
        "NAME_TAKEN",
        "ROLE_FIXED",
        "STALE",
      ],
    },
    delete: {
      id: "deleteRole",
      summary: "Delete a role that nobody has",
      path: slug,
      answers: { 204: { description: "Deleted" } },
      codes: ["FORBIDDEN", "BEYOND_OWN_RIGHTS", "NOT_FOUND", "ROLE_FIXED", "ROLE_IN_USE"],
    },
  }),
  "/v1/roles/{slug}/preview": native("Roles", {
    post: {
      id: "previewRole",
      summary: "What a change of a role would mean, and for whom",
      description:
        "Takes the body of the change and answers what holders gain and lose by it, as policies. Changes nothing.",
      path: slug,
      body: RoleChanges,
      example: { policies: SUPPORT.policies },
      ifMatch: true,
      answers: { 200: { description: "What it would mean", schema: RolePreview } },
      codes: [
        "VALIDATION_FAILED",
        "FORBIDDEN",
        "BEYOND_OWN_RIGHTS",
        "NOT_FOUND",
        "ROLE_FIXED",
        "STALE",
      ],
    },
  }),
  "/v1/access/matrix": native("Roles", {
    get: {
      id: "compareRoles",
      summary: "Roles side by side",
      description: "Every single thing that each role allows, for a table of roles by abilities.",
      query: RoleQuery,
      answers: {
        200: { description: "One page", schema: pageOf(ComparedRole), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/access/who": native("Roles", {
    get: {
      id: "whoMay",
      summary: "Who may do this",
      query: AccessQuestion,
      answers: { 200: { description: "The roles that allow it", schema: listOf(WhoView) } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/access/explain": native("Roles", {
    post: {
      id: "explainAccess",
      summary: "Whether a role allows something, and why",
      description: "Changes nothing.",
      body: AccessCase,
      example: { role: "predefined_user", action: "read", subject: "User" },
      answers: { 200: { description: "The answer", schema: AccessAnswer } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND", "USER_NOT_FOUND"],
    },
  }),
};
