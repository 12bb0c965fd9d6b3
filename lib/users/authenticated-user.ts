import { z } from "zod";
import type { Policy } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import type { UserView } from "./user-view";

export const AuthenticatedUser = z
  .object({
    accessToken: z.string().meta({ description: "HS256 JWT for the Authorization header." }),
    user: z.object({
      id: z.guid(),
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      email: z.string(),
      role: z.object({
        id: z.guid(),
        slug: z.string(),
        name: z.string(),
        policies: z.array(
          z.object({
            action: z.union([z.string(), z.array(z.string())]),
            subject: z.union([z.string(), z.array(z.string())]),
            conditions: z.record(z.string(), z.unknown()).exactOptional(),
          }),
        ),
      }),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "AuthenticatedUser" });
export type AuthenticatedUser = z.output<typeof AuthenticatedUser>;

/** A signed-in user and the access token, as published by the `setup` contract (door 2, setup and login). */
export function authenticatedUser(
  user: Pick<
    UserView,
    "id" | "firstName" | "lastName" | "email" | "role" | "createdAt" | "updatedAt"
  >,
  policies: readonly Policy[],
  accessToken: string,
): AuthenticatedUser {
  return {
    accessToken,
    user: {
      id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
      role: { ...user.role, policies: [...policies] },
      createdAt: user.createdAt,
      updatedAt: user.updatedAt,
    },
    createdAt: databaseNow().toISOString(),
  };
}
