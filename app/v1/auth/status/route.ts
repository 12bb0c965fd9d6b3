import { needsSetup } from "@/lib/bootstrap/installation";
import { endpoint } from "@/lib/platform/http/endpoint";
import { messageAndCode } from "@/lib/platform/http/problem";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(messageAndCode, {
  GET: async () => ({ status: 200, body: { needsSetup: await needsSetup() } }),
});
