import { expect, test } from "vitest";
import { render } from "./render";

test.each<[string, Parameters<typeof render>[1], string]>([
  ["a {{x}} b", { x: "1" }, "a 1 b"],
  ["{{{x}}}", { x: "1" }, "{1}"],
  ["{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}", { yes: true }, "a"],
  ["{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}", { yes: false }, "b"],
  ["{{#text}}a{{text}}{{/text}}", { text: "" }, ""],
  ["{{#list}}{{x}}{{y}},{{/list}}", { list: [{ x: "1" }, { x: "2" }], y: "y" }, "1y,2y,"],
  ["{{^list}}none{{/list}}", { list: [] }, "none"],
  [
    "{{#list}}{{#so}}{{x}}{{/so}}{{/list}}",
    {
      list: [
        { x: "1", so: true },
        { x: "2", so: false },
      ],
    },
    "1",
  ],
  ["a\n{{#yes}}\nb\n{{/yes}}\nc\n", { yes: true }, "a\nb\nc\n"],
  ["a\n  {{#yes}}\n  b\n  {{/yes}}\nc\n", { yes: false }, "a\nc\n"],
  ["style={{ a: 1 }}", {}, "style={{ a: 1 }}"],
])("%j with %j is %j", (template, values, text) => {
  expect(render(template, values)).toBe(text);
});

test.each(["{{x}}", "{{#x}}a{{/x}}"])("%s without a value is a mistake", (template) => {
  expect(() => render(template, {})).toThrow("The template asks for");
});
