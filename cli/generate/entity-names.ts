import { OperatorError } from "../operator-error";

/** One thing in every spelling that the code has for it. */
export type EntityNames = {
  /** `purchase-order` and `purchase-orders`: files, folders, addresses. */
  entity: string;
  entities: string;
  /** `purchaseOrder`, `purchaseOrders`: variables. */
  entityVar: string;
  entitiesVar: string;
  /** `PurchaseOrder`, `PurchaseOrders`: types, components, the subject of policies. */
  Entity: string;
  Entities: string;
  /** `purchase_order`, `purchase_orders`: the table, and codes in capitals. */
  entitySnake: string;
  table: string;
  CODE: string;
  /** `purchase order`, `Purchase order`, `purchase orders`, `Purchase orders`: words of a sentence. */
  word: string;
  Word: string;
  words: string;
  Words: string;
};

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Words of the language, which cannot name a variable. */
export const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
);
/** What has a meaning of its own in addresses, policies or the audit trail. */
const TAKEN = new Set(
  `account action actor admin all api app array audit audit-event auth boolean bulk code date deleted-user doc entity
  error event export factor health import installation invitation job join json link login map node number object page passkey policy prisma promise
  query record request response role route row saved-view schema session set setup status string subject symbol test token type user view
  word`.split(/\s+/),
);

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const camel = (kebab: string) =>
  kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** The plural of most English words; others are named by --plural. */
export function pluralOf(kebab: string): string {
  if (/[^aeiou]y$/.test(kebab)) return `${kebab.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(kebab) ? `${kebab}es` : `${kebab}s`;
}

/**
 * Reads the name of an entity: singular, small letters, hyphens between words.
 *
 * @throws {OperatorError} saying what to type instead
 */
export function entityNames(name: string, plural = pluralOf(name)): EntityNames {
  const refuse = (sentence: string): never => {
    throw new OperatorError(sentence);
  };
  for (const one of [name, plural]) {
    if (!NAME.test(one) || one.length > 40) {
      const kebab = one
        .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^[^a-z]+|-+$/g, "");
      const advice = NAME.test(kebab) && kebab.length <= 40 ? ` Try ${kebab}.` : "";
      refuse(
        `"${one}" is no name for an entity: small letters, digits and hyphens, up to 40.${advice}`,
      );
    }
  }
  if (plural === name)
    refuse(`Singular and plural of "${name}" are the same; name another --plural.`);
  const singular = singularOf(name);
  if (singular && plural === pluralOf(name)) {
    refuse(
      `"${name}" looks like a plural: name one of them, ${singular}. If it is one, say how several are called with --plural.`,
    );
  }
  if (RESERVED.has(name) || RESERVED.has(plural)) refuse(`"${name}" is a word of the language.`);
  if (TAKEN.has(name)) refuse(`"${name}" has a meaning here already; choose a longer name.`);
  const word = name.replaceAll("-", " ");
  const words = plural.replaceAll("-", " ");
  return {
    entity: name,
    entities: plural,
    entityVar: camel(name),
    entitiesVar: camel(plural),
    Entity: capital(camel(name)),
    Entities: capital(camel(plural)),
    entitySnake: name.replaceAll("-", "_"),
    table: plural.replaceAll("-", "_"),
    CODE: name.replaceAll("-", "_").toUpperCase(),
    word,
    Word: capital(word),
    words,
    Words: capital(words),
  };
}

/** What `name` looks to be the plural of; null for one thing. */
function singularOf(name: string): string | null {
  if (/(ss|us|is|as|os)$/.test(name) || !name.endsWith("s")) return null;
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  return /(sses|xes|zes|ches|shes)$/.test(name) ? name.slice(0, -2) : name.slice(0, -1);
}
