// What plain_letters of prisma/migrations/20261128140000_search_plain_names does, to the letter.
const MARKS = /(?:[\u0300-\u036F]|\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}])+/gu;
/** Letters that are one to Unicode and two, or a plain one, to whoever types; and what keyboards write otherwise. */
const PLAIN: Record<string, string> = {
  ...{ ß: "ss", ẞ: "SS", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", þ: "th", Þ: "Th" },
  ...{ ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", Đ: "D", ð: "d", Ð: "D", ħ: "h", Ħ: "H" },
  ...{ ŧ: "t", Ŧ: "T", ı: "i", "’": "'", "‘": "'", ʼ: "'", "‐": "-", "‑": "-", "–": "-", "—": "-" },
};
const OTHERS = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");

/** Text without the marks on its letters, as names are searched: "José" is "Jose", "Łukasz" is "Lukasz". */
export function plainLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(OTHERS, (letter) => PLAIN[letter] ?? letter)
    .normalize("NFC");
}
