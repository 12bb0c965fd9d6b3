import { z } from "zod";
import { GrantedRole } from "@/lib/roles/granted-role";
import type { UserView } from "@/lib/users/user-view";

export const AuthenticatedUser = z
  .object({
    accessToken: z.string().meta({ description: "HS256 JWT for the Authorization header." }),
    user: z.object({
      id: z.guid(),
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      email: z.string(),
      role: GrantedRole,
      createdAt: z.iso.datetime(),
    }),
  })
  .meta({ id: "AuthenticatedUser" });
export type AuthenticatedUser = z.output<typeof AuthenticatedUser>;

/** A signed-in user and the access token, as published by the `setup` contract (door 2, setup and login). */
export function authenticatedUser(
  user: Pick<UserView, "id" | "firstName" | "lastName" | "email" | "createdAt">,
  role: GrantedRole,
  accessToken: string,
): AuthenticatedUser {
  return {
    accessToken,
    user: {
      id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
      role,
      createdAt: user.createdAt,
    },
  };
}
