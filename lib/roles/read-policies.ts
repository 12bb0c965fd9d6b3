import { Policies, type Policy } from "@/lib/access/schema";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** Roles whose policies could not be read, by slug: told once, not with every request of their holders. */
const told = () => processWide("unreadable-roles", () => new Set<string>());

/**
 * What was read before, by what is stored. A role's holders share one list then, and what `abilityOf` makes of it, for
 * as long as the role is as it is.
 */
const known = () => processWide("read-policies", () => new Map<string, readonly Policy[]>());
const KNOWN_MOST = 200;

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
}): readonly Policy[] | null {
  const stored = JSON.stringify(policies);
  const data = known().get(stored) ?? Policies.safeParse(policies).data;
  if (data !== undefined) {
    told().delete(slug);
    if (known().size >= KNOWN_MOST) known().clear();
    known().set(stored, data);
    return data;
  }
  if (!told().has(slug))
    log().error({ role: slug }, "a role with policies that cannot be read allows nothing");
  told().add(slug);
  return null;
}
