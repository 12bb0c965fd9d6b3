type Named = {
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string;
};

/** What to call a user: the name, else first and last name, else the e-mail address. */
export function personName({ name, firstName, lastName, email }: Named): string {
  return name ?? ([firstName, lastName].filter(Boolean).join(" ") || email);
}
