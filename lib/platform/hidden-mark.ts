// Control characters, ends of lines and paragraphs, notes between lines, and all that Unicode says to draw as nothing:
// zero width, direction marks, soft hyphens, fillers, tags, variation selectors.
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\uFFF9-\uFFFB\p{Default_Ignorable_Code_Point}]/u;
const MAY_BE_UNSEEN = /[^\x20-\x7E\xA1-\xAC\xAE-\u02FF]/;

// Scripts whose letters change when a joiner stands between them: those of Persian, Urdu, Hindi, Bengali and their kin.
const JOINING = [
  ...["Arabic", "Syriac", "Nko", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati"],
  ...["Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Myanmar", "Khmer", "Tibetan"],
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/**
 * The marks that are part of how a name is written: a joiner between two letters of a script that joins, in an emoji
 * of several, and the choice of a form of a Chinese character or an emoji.
 */
const WRITTEN = new RegExp(
  [
    `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`,
    "(?<=\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?)\\u200D(?=\\p{Extended_Pictographic})",
    "(?<=\\p{Emoji})[\\uFE0E\\uFE0F]",
    "(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]",
    "(?<=\\p{Script=Mongolian})[\\u180B-\\u180F]",
  ].join("|"),
  "gu",
);

/**
 * The first character of a line of text for people that they could not see, as in "U+200B"; null when there is none.
 * With one, two names look the same and are not, or a name is read in another order than it is stored.
 */
export function hiddenMark(text: string): string | null {
  if (!MAY_BE_UNSEEN.test(text)) return null;
  const mark = UNSEEN.exec(text.replace(WRITTEN, ""))?.[0].codePointAt(0);
  return mark === undefined ? null : `U+${mark.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Text that only labels something, such as the name of a file, without what could not be seen. */
export function withoutHiddenMarks(text: string): string {
  return text.replace(new RegExp(UNSEEN, "gu"), "");
}
