/** Whom a file of links is for, as the server takes it (lib/links/make-invitation-links.ts). */
export type People =
  | { ids: readonly string[] }
  | { filter: Record<string, string> }
  | { job: string };

/** What came of it so far. `left`: who got no link, with the reason in the file. */
export type LinkSums = { made: number; mailed: number; notMailed: number; left: number };

export const NOTHING_YET: LinkSums = { made: 0, mailed: 0, notMailed: 0, left: 0 };

export type LinksOutcome =
  /** "stopped": the connection broke; the links that were told are in the file. */
  | { kind: "made" | "stopped"; sums: LinkSums; file: { name: string; text: string } }
  | { kind: "signedOut" | "forbidden" | "unavailable" | "failed" };

const REFUSED = { 401: "signedOut", 403: "forbidden", 503: "unavailable" } as const;

/** The two last cells of each row: what became of the mail, and of the link. */
const ROW_END = /,(sent|failed|off|),(made|notInvited|forbidden|unconfirmed|notFound)\r?\n/g;

/** Adds what rows say to what is known. */
function addSums(sums: LinkSums, rows: string): LinkSums {
  const added = { ...sums };
  for (const [, mail, result] of rows.matchAll(ROW_END)) {
    added[result === "made" ? "made" : "left"]++;
    if (mail === "sent") added.mailed++;
    if (mail === "failed") added.notMailed++;
  }
  return added;
}

/** Has new links made, and tells how far it is while they come in. */
export async function makeLinks(
  people: People,
  onProgress: (sums: LinkSums) => void,
): Promise<LinksOutcome> {
  let text = "";
  /** Up to where the rows are whole, and counted. */
  let counted = 0;
  let sums: LinkSums = NOTHING_YET;
  let name = "invitations.csv";
  try {
    const response = await fetch("/v1/invitations/links", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(people),
    });
    if (response.status !== 200 || response.body === null) {
      return { kind: REFUSED[response.status as keyof typeof REFUSED] ?? "failed" };
    }
    const disposition = response.headers.get("Content-Disposition") ?? "";
    name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? name;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
      const whole = text.lastIndexOf("\n") + 1;
      sums = addSums(sums, text.slice(counted, whole));
      counted = whole;
      onProgress(sums);
    }
    return { kind: "made", sums, file: { name, text } };
  } catch {
    if (text === "") return { kind: "failed" };
    return { kind: "stopped", sums, file: { name, text } };
  }
}

/** Lets the browser save a text. The byte order mark, by which a spreadsheet knows UTF-8, was taken off as it was read. */
export function saveFile({ name, text }: { name: string; text: string }): void {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  // Some browsers begin to read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
