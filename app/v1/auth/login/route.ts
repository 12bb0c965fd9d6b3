import { signInEndpoint } from "@/lib/sessions/sign-in-endpoint";
import { authenticatedUser } from "@/lib/users/authenticated-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signInEndpoint(
  ({ user, policies, accessToken }) => ({
    status: 200,
    body: authenticatedUser(user, policies, accessToken),
  }),
);
