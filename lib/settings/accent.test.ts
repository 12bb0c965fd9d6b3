import { expect, test } from "vitest";
import { accentOf } from "./accent";

const STEPS = ["00", "22", "44", "66", "88", "aa", "cc", "ee", "ff"];
const COLOURS = STEPS.flatMap((r) => STEPS.flatMap((g) => STEPS.map((b) => `#${r}${g}${b}`)));

test("whatever the colour, its words are read and its edge is seen in both themes", () => {
  const faint = COLOURS.filter((hex) => {
    const { words, light, dark } = accentOf(hex).contrast;
    return words < 4.5 || light < 3 || dark < 3;
  });
  expect(faint).toEqual([]);
});

test("words are seen no worse while one points at it", () => {
  const faint = COLOURS.filter((hex) => {
    const { hover, on, contrast } = accentOf(hex);
    const pointed = accentOf(hover);
    return pointed.on !== on || pointed.contrast.words < contrast.words - 0.01;
  });
  expect(faint).toEqual([]);
});

test("a colour that stands out already is its own edge", () => {
  expect(accentOf("#2563eb").edge.light).toBe("#2563eb");
  expect(accentOf("#ffd400").edge).toEqual({
    light: expect.not.stringMatching("#ffd400"),
    dark: "#ffd400",
  });
  expect(accentOf("#ffd400").on).toBe("#000000");
  expect(accentOf("#1e3a8a").on).toBe("#ffffff");
});
