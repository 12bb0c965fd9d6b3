import { withoutHiddenMarks } from "@/lib/platform/hidden-mark";
import { plainLetters } from "@/lib/users/list/plain-letters";
import type { ImportField } from "./limits";

/** One column of a file: how the file calls it ("" when it does not), and what is made of it. */
export type ImportColumn = {
  title: string;
  field: ImportField;
  /** It holds passwords or is about them: never stored, never shown. */
  secret: boolean;
};

const TITLE_MAX = 100;
/** As a title or a word is compared: no case, no accents, no blanks, no signs. */
const keyOf = (text: string) =>
  plainLetters(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
const keys = (words: string) => new Set(words.split(",").map(keyOf));

/** How other systems call the address of a person, what comes first to be preferred. */
const EMAIL = [
  "email",
  `mail, e-mail address, primary email, primary email address, email primary, primary mail, user email, emails.value,
   emails[0].value, emails.0.value, emails.primary.value, emails.primary, mail address, emails,
   E-Mail-Adresse, primäre E-Mail, primäre E-Mail-Adresse, Mailadresse, E-Mail-Konto,
   correo, correo electrónico, dirección de correo electrónico, dirección de correo, correo electrónico principal,
   dirección de correo electrónico principal, dirección de email, correo principal, email principal,
   courriel, adresse e-mail, adresse mail, adresse électronique, adresse de messagerie, adresse courriel, adresse de
   courriel, adresse e-mail principale, mél, e-mail principal, indirizzo e-mail, indirizzo di posta elettronica, posta
   elettronica, indirizzo mail, indirizzo e-mail principale, e-mail principale, endereço de e-mail, endereço de correio
   eletrónico, correio eletrónico, endereço eletrónico, endereço de e-mail principal, e-mail principal, e-mailadres,
   mailadres, primair e-mailadres, adres e-mail, e-post, e-postadress`,
  `work email, work email address, business email, business email address, company email, email work, emails.work,
   emails.work.value, e-mail 1, e-mail 1 value, e-mail 1 address, office email, corporate email, geschäftliche E-Mail,
   geschäftliche E-Mail-Adresse, dienstliche E-Mail, correo del trabajo, correo de trabajo, correo corporativo, e-mail
   professionnel, adresse e-mail professionnelle, e-mail aziendale, e-mail di lavoro, e-mail profissional, e-mail
   corporativo, zakelijk e-mailadres, werk e-mail`,
  "personal email, private email, home email, private E-Mail, correo personal, e-mail personnel, e-mail personale",
  `user principal name, UPN, login, username, user name, login name, sign-in name, logon name, account name,
   Benutzerprinzipalname, Benutzername, Anmeldename, nombre principal de usuario, nombre de usuario, usuario, nom
   d'utilisateur principal, nom d'utilisateur, identifiant, nome entità utente, nome principale utente, nome utente, nome
   principal do usuário, nome UPN, nome de usuário, nome de utilizador, gebruikers-principalnaam, gebruikersnaam`,
].map(keys);

const NAME =
  keys(`full name, display name, name, name.formatted, formatted name, complete name, real name, person,
  Anzeigename, vollständiger Name, ganzer Name, nombre completo, nombre para mostrar, nombre mostrado, nombre y apellidos,
  nom complet, nom affiché, nom d'affichage, nom à afficher, prénom et nom, nome completo, nome visualizzato, nome e
  cognome, nome para exibição, nome de exibição, nome a apresentar, nome a visualizar, volledige naam, weergavenaam`);
const FIRST =
  keys(`first name, given name, given names, first names, forename, first, name.givenName, primer nombre,
  nombres, nombre de pila, primeiro nome, nome próprio`);
/** First names of languages in which a "name" beside one is the other half of it. */
const FIRST_BESIDE_NAME = keys("Vorname, Vornamen, Rufname, prénom, prénoms, voornaam, voornamen");
const LAST =
  keys(`last name, surname, family name, last, sn, name.familyName, last names, Nachname, Familienname, Zuname,
  apellido, apellidos, primer apellido, nom de famille, cognome, sobrenome, apelido, apelidos, último nome, achternaam,
  familienaam`);
/** A whole name, or the half of it that no other column has. */
const NAME_OR_HALF = keys("name, nombre, nom, nome, naam");

const ROLE =
  keys(`role, roles, user role, role name, Rolle, Rollen, Benutzerrolle, rol, roles de usuario, rol de usuario,
  rôle, rôle utilisateur, rôle de l'utilisateur, ruolo, ruolo utente, função, funções, papel, função do usuário,
  gebruikersrol`);
const STATUS =
  keys(`status, state, account status, user status, active, enabled, is active, account enabled, block
  credential, block sign in, sign in blocked, blocked, suspended, disabled, is suspended, Kontostatus, Anmeldung
  blockieren, Anmeldung blockiert, Anmeldeinformationen blockieren, gesperrt, aktiv, aktiviert, Konto aktiviert, estado,
  estado de la cuenta, activo, habilitado, bloqueado, suspendido, bloquear credencial, bloquear inicio de sesión, statut,
  état, actif, activé, bloqué, suspendu, bloquer les informations d'identification, stato, attivo, bloccato, sospeso,
  blocca credenziali, situação, ativo, bloquear credenciais, suspenso, actief, geblokkeerd, ingeschakeld,
  referentie blokkeren`);
const SECRET =
  /password|passwort|kennwort|contrasena|motdepasse|palavrapasse|senha|wachtwoord|passwd|pwd|passphrase|secret/;

/** The titles of our own files. */
const OWN = ["email", "name", "role"] as const;

/** What a title says beside the name of the column: "[Required]", "(Yes/No)", "*"; or the attribute itself. */
function keysOf(title: string): string[] {
  const bracketed = [...title.matchAll(/[[(]([^\])]*)[\])]/g)].map(([, inner = ""]) =>
    keyOf(inner),
  );
  const bare = title
    .replace(/[[(]\D[^\])]*[\])]/g, " ")
    .replace(/\b(required|optional|mandatory|pflichtfeld|obligatorio|obligatoire)\s*$/i, " ");
  return [...bracketed, keyOf(bare)];
}

type Meaning = { field: ImportField; rank: number; halfName?: boolean };

function meaningOf(title: string): Meaning {
  const own = OWN.find((field) => field === title.trim().toLowerCase());
  if (own !== undefined) return { field: own, rank: -1, halfName: own === "name" };
  for (const key of keysOf(title)) {
    const rank = EMAIL.findIndex((known) => known.has(key));
    if (rank !== -1) return { field: "email", rank };
    if (NAME_OR_HALF.has(key)) return { field: "name", rank: 0, halfName: true };
    if (NAME.has(key)) return { field: "name", rank: 1 };
    if (FIRST.has(key) || FIRST_BESIDE_NAME.has(key)) return { field: "firstName", rank: 0 };
    if (LAST.has(key)) return { field: "lastName", rank: 0 };
    if (ROLE.has(key)) return { field: "role", rank: 0 };
    if (STATUS.has(key)) return { field: "status", rank: 0 };
  }
  return { field: "ignore", rank: 0 };
}

/**
 * What the columns of a file mean by their titles, in whatever system and language they were written. Each field is
 * one column: of several the best title, of equals the first; the others are ignored.
 */
export function recogniseColumns(titles: readonly string[]): ImportColumn[] {
  const secret = titles.map(isSecret);
  const meanings = titles.map(
    (title, place): Meaning => (secret[place] ? { field: "ignore", rank: 0 } : meaningOf(title)),
  );
  const has = (field: ImportField) => meanings.some((meaning) => meaning.field === field);
  const besideName = titles.some((title) =>
    keysOf(title).some((key) => FIRST_BESIDE_NAME.has(key)),
  );
  const half = meanings.find(({ halfName }) => halfName);
  if (half && has("lastName") && !has("firstName")) half.field = "firstName";
  else if (half && besideName && !has("lastName")) half.field = "lastName";
  return titles.map((title, place) => {
    const { field, rank } = meanings[place] ?? { field: "ignore" as const, rank: 0 };
    const better = meanings.some(
      (other, at) =>
        other.field === field && (other.rank < rank || (other.rank === rank && at < place)),
    );
    const taken = field !== "ignore" && better;
    return {
      title: titleOf(title),
      field: taken ? "ignore" : field,
      secret: secret[place] ?? false,
    };
  });
}

/** The columns as a person has said that they are to be read, from left to right. */
export function mappedColumns(
  titles: readonly string[],
  fields: readonly ImportField[],
): ImportColumn[] {
  return titles.map((title, place) => ({
    title: titleOf(title),
    field: fields[place] ?? "ignore",
    secret: isSecret(title),
  }));
}

/** The fields that two titles claim with the very same words, so that none of them is the better one. */
export function fieldTwice(titles: readonly string[]): (typeof OWN)[number] | null {
  const known = titles.map((title) => title.trim().toLowerCase());
  return OWN.find((field) => known.filter((title) => title === field).length > 1) ?? null;
}

const titleOf = (title: string) => withoutHiddenMarks(title).trim().slice(0, TITLE_MAX);
const isSecret = (title: string) => SECRET.test(keyOf(title));

const BLOCKED =
  keys(`suspended, blocked, disabled, deactivated, inactive, deprovisioned, archived, deleted, locked out,
  terminated, gesperrt, blockiert, deaktiviert, inaktiv, gelöscht, suspendido, suspendida, bloqueado, bloqueada,
  desactivado, desactivada, inactivo, inactiva, deshabilitado, deshabilitada, eliminado, eliminada, suspendu, bloqué,
  désactivé, inactif, supprimé, sospeso, bloccato, disattivato, disabilitato, inattivo, eliminato, suspenso, desativado,
  inativo, excluído, geblokkeerd, opgeschort, uitgeschakeld, inactief, verwijderd`);
const YES = keys("true, yes, 1, ja, sí, oui, sim, wahr, verdadero, vrai, vero, verdadeiro, waar");
const NO = keys("false, no, 0, nein, non, não, nee, falsch, falso, faux, onwaar");
/** A column whose yes keeps people out. */
const KEEPS_OUT =
  /block|suspend|suspens|sospes|disabl|sperr|bloqu|blocc|blokk|deaktiv|desactiv|inactiv/;

/** Tells of a column about the status of people whether a cell says that the other system keeps somebody out. */
export function keptOutBy(title: string): (cell: string) => boolean {
  const said = KEEPS_OUT.test(keyOf(title)) ? YES : NO;
  return (cell) => {
    const key = keyOf(cell);
    return BLOCKED.has(key) || said.has(key);
  };
}
