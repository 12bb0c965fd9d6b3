import type { ReactNode } from "react";
import { NothingHere } from "./nothing-here";
import { PageRefusal } from "./page-refusal";

/**
 * @param words where there is more to say than that nothing is here
 * @throws {PageRefusal} 404
 */
export function missPage(words: ReactNode = <NothingHere />): never {
  throw new PageRefusal(404, words);
}
