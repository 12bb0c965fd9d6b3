import { Policies, type Policy } from "@/lib/access/schema";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** Roles whose policies could not be read, by slug: told once, not with every request of their holders. */
const told = () => processWide("unreadable-roles", () => new Set<string>());

/**
 * The policies of a role's row. The one place where what is stored becomes what is judged by.
 *
 * @returns null where they are not as `Policies` says, whoever wrote them: such a role allows nothing (`?? []`), and
 *   for `mayGovern` counts as one that allows everything (docs/decisions/0017)
 */
export function readPolicies({
  slug,
  policies,
}: {
  slug: string;
  policies: unknown;
}): Policy[] | null {
  const { data } = Policies.safeParse(policies);
  if (data !== undefined) {
    told().delete(slug);
    return data;
  }
  if (!told().has(slug))
    log().error({ role: slug }, "a role with policies that cannot be read allows nothing");
  told().add(slug);
  return null;
}
