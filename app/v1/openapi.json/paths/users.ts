import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { EventDay } from "@/lib/audit/count-events";
import { SessionPageQuery, SessionView } from "@/lib/sessions/list-sessions";
import { CreateUser } from "@/lib/users/create-user";
import { NeighbourQuery } from "@/lib/users/list/find-neighbours";
import { ListUserView } from "@/lib/users/list/list-user-view";
import { UserQuery } from "@/lib/users/list/list-users";
import { UserChanges } from "@/lib/users/update-user";
import { UserView } from "@/lib/users/user-view";
import { type Answer, idOf, listOf, pageOf } from "../describe-path";
import { native } from "./native";

const USER = {
  id: "018f5a53-6a2b-4c3e-9d1f-2b7c8e4a5f60",
  number: 2,
  email: "ana@example.com",
  name: "Ana",
  firstName: null,
  lastName: null,
  role: { id: "018f5a53-0000-4000-8000-000000000002", slug: "predefined_user", name: "User" },
  status: "active",
  emailVerifiedAt: null,
  lastLoginAt: "2026-11-21T09:30:00.000Z",
  metadata: { department: "IT" },
  createdAt: "2026-11-20T08:00:00.000Z",
  updatedAt: "2026-11-21T09:30:00.000Z",
};

const UserPage = pageOf(ListUserView).extend({
  total: z
    .object({ value: z.int().nonnegative(), exact: z.boolean() })
    .meta({ description: "Counted up to 10,000; `exact` is false above." }),
});

/** A user as an answer. */
export const aUser = (description: string): Answer => ({
  description,
  schema: UserView,
  example: USER,
  headers: ["ETag"],
});

export const users: ZodOpenApiPathsObject = {
  "/v1/users": native("Users", {
    get: {
      id: "listUsers",
      summary: "List users",
      query: UserQuery,
      answers: {
        200: {
          description: "One page, by keyset: as quick on the last page as on the first.",
          schema: UserPage,
          example: { data: [USER], nextCursor: null, total: { value: 1, exact: true } },
          headers: ["Link"],
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
    post: {
      id: "createUser",
      summary: "Create a user",
      description: "With a password the user is active; without one, invited.",
      body: CreateUser,
      example: { email: "ana@example.com", name: "Ana", role: "predefined_user" },
      idempotent: true,
      answers: {
        201: {
          ...aUser("The user"),
          headers: ["ETag", "Location", "Idempotent-Replayed"],
        },
      },
      codes: [
        "VALIDATION_FAILED",
        "FORBIDDEN",
        "CONFIRMATION_REQUIRED",
        "EMAIL_TAKEN",
        "OVERLOADED",
      ],
    },
  }),
  "/v1/users/{id}": native("Users", {
    get: {
      id: "getUser",
      summary: "Read a user",
      path: idOf("user"),
      answers: { 200: aUser("The user") },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
    patch: {
      id: "updateUser",
      summary: "Change a user",
      description:
        "Changes what is sent and nothing else. A new role or status ends the user's sessions.",
      path: idOf("user"),
      body: UserChanges,
      example: { status: "disabled", disabledReason: "Left the company" },
      ifMatch: true,
      answers: { 200: aUser("The user as it is now") },
      codes: [
        "VALIDATION_FAILED",
        "FORBIDDEN",
        "CONFIRMATION_REQUIRED",
        "NOT_FOUND",
        "EMAIL_TAKEN",
        "LAST_ADMIN",
        "STALE",
      ],
    },
    delete: {
      id: "deleteUser",
      summary: "Delete a user",
      path: idOf("user"),
      answers: { 204: { description: "Deleted; can be restored for 30 days" } },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "LAST_ADMIN"],
    },
  }),
  "/v1/users/{id}/neighbours": native("Users", {
    get: {
      id: "findNeighbours",
      summary: "Who stands before and behind a user in a list",
      description: "The list that the same query would list; the user need not be in it.",
      path: idOf("user"),
      query: NeighbourQuery,
      answers: {
        200: {
          description: "Null at an end of the list",
          schema: z.object({ previous: UserView.nullable(), next: UserView.nullable() }),
          example: { previous: null, next: USER },
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/users/{id}/sign-ins": native("Users", {
    get: {
      id: "countSignIns",
      summary: "Count the sign-ins of a user by day",
      description:
        "Of the last ninety days in UTC, by the user's latest 5,000 events; for who may read the audit trail.",
      path: idOf("user"),
      answers: {
        200: {
          description: "The days, the newest last",
          schema: listOf(EventDay),
          example: { data: [{ day: "2026-11-21", count: 2 }] },
        },
      },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/users/{id}/sessions": native("Sessions", {
    get: {
      id: "listSessions",
      summary: "List a user's sessions",
      description: "One's own, or those of users one may change. The last seen first.",
      path: idOf("user"),
      query: SessionPageQuery,
      answers: {
        200: {
          description: "One page of the sessions that have not ended",
          schema: pageOf(SessionView),
          headers: ["Link"],
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
    delete: {
      id: "endSessions",
      summary: "Sign a user out everywhere",
      path: idOf("user"),
      answers: { 204: { description: "Every session has ended" } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
};
