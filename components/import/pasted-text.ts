/** An address alone, or with a name in front of it as mail programs write it. */
const PERSON =
  /^(?:"?(?<name>[^"<>]*?)"?\s*<(?<inside>[^\s<>@]+@[^\s<>@]+)>|(?<alone>[^\s<>@"]+@[^\s<>@"]+))$/;

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/**
 * Pasted addresses as a file that the import reads: one a line, or with commas or semicolons between, each with or without
 * a name. Whatever is more than that, such as rows of a spreadsheet, is left as it is: the import asks what its columns are.
 */
export function pastedText(text: string): string {
  const people = text
    .split(/[\n\r,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => PERSON.exec(one)?.groups);
  if (people.length === 0 || people.includes(undefined)) return text;
  const rows = people.map((one) =>
    [one?.["inside"] ?? one?.["alone"] ?? "", one?.["name"] ?? ""].map(quoted).join(","),
  );
  return ["email,name", ...rows, ""].join("\r\n");
}
