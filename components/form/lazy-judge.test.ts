import { expect, test } from "vitest";
import { lazyJudge } from "./lazy-judge";

test("judges by what was loaded", async () => {
  const judge = lazyJudge<"name">(async () => () => ({ name: "required" }));
  expect(await judge({ name: "" })).toEqual({ name: "required" });
});

test("leaves it to the server where there is nothing to load", async () => {
  const judge = lazyJudge<"name">(() => Promise.reject(new Error("404")));
  expect(await judge({ name: "" })).toEqual({});
});
