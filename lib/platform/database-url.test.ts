import { describe, expect, test } from "vitest";
import { databaseUrlProblem, inSchemaOf, schemaOf } from "./database-url";

describe("the address of a database", () => {
  test.each([
    "postgresql://latchkey:password@db.example.com/latchkey",
    "postgres://latchkey@localhost:5433/latchkey?sslmode=require",
    "postgresql://latchkey:p%40ss%23w%2Fo%25r$d@127.0.0.1/special",
    "postgresql://latchkey:two@signs@127.0.0.1/special",
    "postgresql://latchkey@localhost/latchkey?host=%2Fvar%2Frun%2Fpostgresql",
    "postgresql://latchkey:password@/latchkey?host=/var/run/postgresql",
    "postgresql:///latchkey?host=/var/run/postgresql",
    "postgresql://latchkey:password@[::1]:5432/latchkey",
    "postgresql://latchkey:password@db/latchkey?application_name=a@b",
    "postgresql://latchkey:[brackets]@127.0.0.1/special",
    "postgresql://db/latchkey?schema=100%25",
  ])("%s is one", (url) => expect(databaseUrlProblem(url)).toBeNull());

  test.each([
    "p@ss#w/o%r$d",
    "hash#tag",
    "pass/word",
    "12/34@56",
    "what?",
    "12?34",
    "50%",
    "a%zz",
    "#",
  ])("a password %s that is not encoded is refused, and not repeated", (password) => {
    const problem = databaseUrlProblem(`postgresql://special:${password}@127.0.0.1:4320/special`);
    expect(problem).toContain("@ as %40, # as %23, / as %2F");
    expect(problem?.replace(/@ as.*/, "")).not.toContain(password);
  });

  test.each(["mysql://localhost/x", "localhost", "jdbc:postgresql://localhost/x"])(
    "%s is none",
    (url) => expect(databaseUrlProblem(url)).toBe("must start with postgresql://"),
  );
});

test("migrations look where the product looks, unless they are told otherwise", () => {
  const app = "postgresql://app@pooler/latchkey?schema=house&sslmode=disable";
  expect(schemaOf(app)).toBe("house");
  expect(inSchemaOf(app, "postgresql://owner@db/latchkey")).toBe(
    "postgresql://owner@db/latchkey?schema=house",
  );
  expect(inSchemaOf(app, "postgresql://owner@db/latchkey?sslmode=disable")).toBe(
    "postgresql://owner@db/latchkey?sslmode=disable&schema=house",
  );
  const told = "postgresql://owner@db/latchkey?schema=elsewhere";
  expect(inSchemaOf(app, told)).toBe(told);
  const options = "postgresql://app@db/latchkey?options=-c%20search_path%3Dhouse";
  expect(inSchemaOf(options, "postgresql://owner@db/latchkey")).toBe(
    "postgresql://owner@db/latchkey?options=-c+search_path%3Dhouse",
  );
  expect(inSchemaOf("postgresql://db/x", told)).toBe(told);
});
