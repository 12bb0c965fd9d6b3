import { signInEndpoint } from "@/lib/sessions/sign-in-endpoint";
import { authenticatedUser } from "@/lib/users/authenticated-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signInEndpoint(
  ({ account, accessToken }) => ({
    status: 200,
    body: authenticatedUser(account, account.role, accessToken),
  }),
);
