import { expect, test } from "vitest";
import { SLUG } from "@/lib/access/conditions";
import { freeSlug } from "./free-slug";

test.each([
  ["Support", [], "support"],
  ["Équipe d’assistance (niveau 2)", [], "equipe-d-assistance-niveau-2"],
  ["Support", ["support", "support-2"], "support-3"],
  ["経理", [], "role"],
  ["会計", ["role"], "role-2"],
  ["New", [], "new-2"],
  ["who", [], "who-2"],
  ["test", [], "test-2"],
  ["predefined_super_admin", [], "predefined-super-admin"],
  ["../../etc", [], "etc"],
  [`${"a".repeat(63)} b`, [], "a".repeat(63)],
  ["b".repeat(120), ["b".repeat(64)], `${"b".repeat(62)}-2`],
])("%s, with %j taken: %s", (name, taken, slug) => {
  expect(freeSlug(name, taken)).toBe(slug);
  expect(slug).toMatch(SLUG);
});
