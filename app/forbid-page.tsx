import { NoAccess } from "./no-access";
import { PageRefusal } from "./page-refusal";

/** @throws {PageRefusal} 403 */
export function forbidPage(): never {
  throw new PageRefusal(403, <NoAccess />);
}
