import { doorEndpoint } from "@/lib/bootstrap/doors/http-door";
import { signup } from "@/lib/bootstrap/doors/signup";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doorEndpoint(signup);
