import { API_FAMILIES } from "@/lib/platform/http/api-family";
import { nothingHere } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nothingHere(API_FAMILIES.auth);
