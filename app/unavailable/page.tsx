import { notFound } from "next/navigation";
import { getRequestContext } from "@/lib/platform/request-context";
import { Unavailable } from "../when-available";

export const dynamic = "force-dynamic";

/** Where proxy.ts sends a request that met no database; nobody else has business here. */
export default function UnavailablePage() {
  if (!getRequestContext()?.databaseFault) notFound();
  return <Unavailable />;
}
