import { doorEndpoint } from "@/lib/bootstrap/doors/http-door";
import { setup } from "@/lib/bootstrap/doors/setup";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doorEndpoint(setup);
