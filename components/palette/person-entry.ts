import { personName } from "../people/person-name";
import type { PaletteEntry } from "./palette-data";

export const PERSON = "user:";

/** What GET /v1/users says of one, as far as it is shown. */
export type Listed = {
  id: string;
  email: string;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
};

/** The way to somebody's page. */
export function personEntry(user: Listed): PaletteEntry {
  const { id, email } = user;
  const label = personName(user);
  return {
    id: PERSON + id,
    group: "people",
    label,
    ...(label !== email && { beside: email }),
    person: id,
    does: { kind: "page", href: `/users/${id}` },
  };
}
