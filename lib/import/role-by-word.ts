import { plainLetters } from "@/lib/users/list/plain-letters";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";

/** What our own roles are called where people see them (messages/*.json, `roles`), so that no other role is meant. */
const SHOWN: Record<string, readonly string[]> = {
  [ADMIN_ROLE]: ["Administrator", "Administrador"],
  [USER_ROLE]: ["User", "Usuario"],
};
/** What other systems call the same, where no role here has that name. */
const ELSEWHERE: Record<string, readonly string[]> = {
  [ADMIN_ROLE]: [
    ...["admin", "super admin", "super administrator", "super administrador", "administradora"],
    ...["Administrateur", "Amministratore", "Beheerder"],
  ],
  [USER_ROLE]: [
    ...["member", "users", "regular user", "standard user", "usuaria", "miembro", "Benutzer"],
    ...[
      "Mitglied",
      "Utilisateur",
      "membre",
      "Utente",
      "membro",
      "Usuário",
      "Utilizador",
      "Gebruiker",
      "lid",
    ],
  ],
};

const keyOf = (word: string) =>
  plainLetters(word)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Finds the role that a word in a file means: its slug, else its name in any case, else what other systems call one
 * of ours. Two roles that a word may mean are "roleAmbiguous".
 */
export function roleFinder(
  roles: readonly { slug: string; name: string }[],
): (word: string) => { slug: string } | "roleUnknown" | "roleAmbiguous" {
  const slugs = new Set(roles.map(({ slug }) => slug));
  const named = new Map<string, Set<string>>();
  for (const { slug, name } of roles) {
    for (const word of [slug, name, ...(SHOWN[slug] ?? [])]) {
      const key = keyOf(word);
      named.set(key, (named.get(key) ?? new Set()).add(slug));
    }
  }
  const elsewhere = new Map(
    Object.entries(ELSEWHERE).flatMap(([slug, words]) => words.map((word) => [keyOf(word), slug])),
  );
  return (word) => {
    if (slugs.has(word)) return { slug: word };
    const key = keyOf(word);
    const [slug, another] = (key !== "" && named.get(key)) || [];
    if (another !== undefined) return "roleAmbiguous";
    const found = slug ?? elsewhere.get(key);
    return found !== undefined && slugs.has(found) ? { slug: found } : "roleUnknown";
  };
}
