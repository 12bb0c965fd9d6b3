import { signInEndpoint, tokenReply } from "@/lib/sessions/sign-in-endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signInEndpoint(tokenReply);
