import { authenticatedUser } from "@/lib/bootstrap/doors/authenticated-user";
import { signInEndpoint } from "@/lib/sessions/sign-in-endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signInEndpoint(
  ({ account, accessToken }) => ({
    status: 200,
    body: authenticatedUser(account, account.role, accessToken),
  }),
);
