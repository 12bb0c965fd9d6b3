import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { passwordIssues } from "@/lib/users/schema";

/** Which of the told rules a password meets, and how long it would stand (0 to 4, zxcvbn). */
export type Judgement = { length: boolean; personal: boolean; common: boolean; score: number };

type Person = { name: string; email: string };
type Judge = (password: string, person: Person) => Judgement;

/** A guess longer than this takes zxcvbn noticeable time and gains nothing. */
const GUESSED_LENGTH = 72;

const judges = new Map<string, Promise<Judge>>();

/** The judge for one language, made once. All of this is large: load it only where a password is being chosen. */
export function judgeFor(locale: string, minLength: number): Promise<Judge> {
  const known = judges.get(locale);
  if (known) return known;
  const made = makeJudge(locale, minLength);
  judges.set(locale, made);
  return made;
}

async function makeJudge(locale: string, minLength: number): Promise<Judge> {
  const language = await (locale === "es"
    ? import("@zxcvbn-ts/language-es-es")
    : import("@zxcvbn-ts/language-en"));
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...dictionary, ...language.dictionary },
    graphs: adjacencyGraphs,
  });
  const common = new Set<unknown>(dictionary["passwords-common"]);
  return (password, person) => {
    const broken = passwordIssues(password, person, minLength);
    const guessed = password.slice(0, GUESSED_LENGTH);
    return {
      length: !broken.includes("passwordTooShort"),
      personal: !broken.includes("passwordPersonal"),
      common: !common.has(password.toLowerCase()),
      score: zxcvbn.check(guessed, [person.name, person.email]).score,
    };
  };
}
