import type { Policy } from "@/lib/access/actor";
import type { UserView } from "./user-view";

/** A signed-in user and the access token, as published by the `setup` contract (door 2, setup and login). */
export function authenticatedUser(
  user: UserView,
  policies: readonly Policy[],
  accessToken: string,
) {
  return {
    accessToken,
    user: {
      id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
      role: { ...user.role, policies },
      createdAt: user.createdAt,
      updatedAt: user.updatedAt,
    },
    createdAt: new Date().toISOString(),
  };
}
