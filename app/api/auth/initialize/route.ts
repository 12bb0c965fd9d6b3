import { doorEndpoint } from "@/lib/bootstrap/doors/http-door";
import { initialize } from "@/lib/bootstrap/doors/initialize/initialize";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doorEndpoint(initialize);
