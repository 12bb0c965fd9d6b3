import { API_FAMILIES } from "@/lib/platform/api-family";
import { nothingHere } from "@/lib/platform/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nothingHere(API_FAMILIES.v1);
