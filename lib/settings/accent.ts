/** A colour of sRGB, each part from 0 to 1. */
type Colour = readonly [number, number, number];

/** --canvas, --surface and --sunken of app/globals.css. */
export const BACKGROUNDS = {
  light: ["#fafbfc", "#ffffff", "#f1f2f4"],
  dark: ["#101215", "#191b1f", "#0a0c0f"],
} as const;
const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [1, 1, 1];
/** WCAG 2.2, 1.4.11: what one has to see to know a control. */
const EDGE_CONTRAST = 3;
const STEP = 0.02;
const HOVER = 0.1;

/** An accent colour in both themes: what the tokens of app/globals.css are set to, and how well each can be seen. */
export type Accent = {
  fill: string;
  hover: string;
  on: string;
  edge: { light: string; dark: string };
  contrast: { words: number; light: number; dark: number };
};

/**
 * Everything that is drawn in an accent colour. Words on it are black or white, whichever is seen better, which is at
 * least 4.5:1 on any colour (WCAG 2.2, 1.4.3). Its edge is the colour itself where that stands out from the page by 3:1,
 * and otherwise the nearest darker or lighter one that does.
 *
 * @param hex `#rrggbb`
 */
export function accentOf(hex: string): Accent {
  const fill = parse(hex);
  const on = contrast(fill, BLACK) >= contrast(fill, WHITE) ? BLACK : WHITE;
  const edge = {
    light: outstanding(fill, BACKGROUNDS.light, BLACK),
    dark: outstanding(fill, BACKGROUNDS.dark, WHITE),
  };
  return {
    fill: hex,
    hover: write(mix(fill, on === BLACK ? WHITE : BLACK, HOVER)),
    on: write(on),
    edge: { light: write(edge.light), dark: write(edge.dark) },
    contrast: {
      words: contrast(fill, on),
      light: worst(edge.light, BACKGROUNDS.light),
      dark: worst(edge.dark, BACKGROUNDS.dark),
    },
  };
}

/** The nearest colour on the way to `towards` that stands out from each background. */
function outstanding(fill: Colour, backgrounds: readonly string[], towards: Colour): Colour {
  for (let part = 0; part < 1; part += STEP) {
    const colour = parse(write(mix(fill, towards, part)));
    if (worst(colour, backgrounds) >= EDGE_CONTRAST) return colour;
  }
  return towards;
}

const worst = (colour: Colour, backgrounds: readonly string[]): number =>
  Math.min(...backgrounds.map((background) => contrast(colour, parse(background))));

/** WCAG 2.2, "contrast ratio". */
function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(one: Colour, other: Colour, part: number): Colour {
  const at = (index: 0 | 1 | 2) => one[index] * (1 - part) + other[index] * part;
  return [at(0), at(1), at(2)];
}

function parse(hex: string): Colour {
  const at = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

function write(colour: Colour): string {
  const part = (value: number) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${colour.map(part).join("")}`;
}
