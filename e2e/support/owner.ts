/** Whom a claimed installation of the tests belongs to. */
export const OWNER = {
  name: "Ada Owner",
  email: "ada@example.com",
  password: "a long enough passphrase",
};
