/** The filters of an address, as they are written there. */
export type AskedFilter = Partial<
  Record<"action" | "actorId" | "targetId" | "door" | "from" | "to" | "zone" | "search", string>
>;

/** The address of the trail under a filter; what is empty is left out, and so is a zone without a day. */
export function auditAddress(
  { zone, ...query }: AskedFilter & { cursor?: string; format?: string },
  path = "/audit",
): string {
  const given = Object.entries(query).filter(([, value]) => value);
  if (zone && (query.from || query.to)) given.push(["zone", zone]);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
