import { describe, expect, test } from "vitest";
import { decodeText } from "@/lib/platform/decode-text";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { recogniseColumns } from "./import-columns";
import type { ImportField } from "./limits";
import { readUsersCsv, sampleUsersCsv } from "./read-users-csv";
import { roleFinder } from "./role-by-word";

async function* inPieces(file: string | Buffer, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = (file: string | Buffer, mapping: ImportField[] | null = null) =>
  readUsersCsv(inPieces(file), null, mapping);
async function rowsOf(file: string | Buffer, mapping: ImportField[] | null = null) {
  const outcome = await read(file, mapping);
  if (outcome.kind !== "read") throw new Error(JSON.stringify(outcome));
  return outcome;
}
const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join("");

describe("files of other systems", () => {
  test.each<[string, string, string, string, string[]]>([
    [
      "Google Workspace",
      lines(
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],Status [READ ONLY],Last Sign In [READ ONLY]",
        "Ada,Byron,ada@example.com,****,/,Active,2026/11/01 10:00:00",
      ),
      "ada@example.com",
      "Ada Byron",
      ["Password [Required]", "Org Unit Path [Required]", "Last Sign In [READ ONLY]"],
    ],
    [
      "Microsoft 365",
      `\uFEFF${lines(
        "Block credential,City,Country/Region,Department,DirSyncEnabled,Display name,Fax,First name,Last name,User principal name,Usage location,Licenses",
        'False,Graz,Austria,,,"Ada Byron",,Ada,Byron,ada@contoso.example.com,AT,"Microsoft 365 Business"',
      )}`,
      "ada@contoso.example.com",
      "Ada Byron",
      [
        ...["City", "Country/Region", "Department", "DirSyncEnabled", "Fax", "Usage location"],
        "Licenses",
      ],
    ],
    [
      "Entra, its template",
      lines(
        "version:v1.0",
        "Name [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName],Last name [surname],Job title [jobTitle]",
        "Ada Byron,ada@contoso.example.com,secret,No,Ada,Byron,Countess",
      ),
      "ada@contoso.example.com",
      "Ada Byron",
      ["Initial password [passwordProfile] Required", "Job title [jobTitle]"],
    ],
    [
      "Entra, its export: mail before the principal name",
      lines(
        "id,displayName,userPrincipalName,mail,givenName,surname,userType,accountEnabled",
        "1,Ada Byron,ada@contoso.example.com,ada.byron@example.com,Ada,Byron,Member,True",
      ),
      "ada.byron@example.com",
      "Ada Byron",
      ["id", "userPrincipalName", "userType"],
    ],
    [
      "Okta",
      lines(
        "login,firstName,lastName,middleName,email,secondEmail,mobilePhone",
        "ada@example.org,Ada,Byron,,ada3@example.org,,",
      ),
      "ada3@example.org",
      "Ada Byron",
      ["login", "middleName", "secondEmail", "mobilePhone"],
    ],
    [
      "SCIM, flattened",
      lines(
        'userName,name.givenName,name.familyName,"emails[type eq ""work""].value",active',
        "ada,Ada,Byron,ada@example.org,true",
      ),
      "ada@example.org",
      "Ada Byron",
      ["userName"],
    ],
    [
      "Outlook contacts",
      lines(
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Job Title,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address",
        "Lady,Ada,,Byron,,,,ada@example.org,SMTP,Ada (ada@example.org),other@example.org",
      ),
      "ada@example.org",
      "Ada Byron",
      [
        ...["Title", "Middle Name", "Suffix", "Company", "Job Title", "E-mail Type"],
        ...["E-mail Display Name", "E-mail 2 Address"],
      ],
    ],
    [
      "first and last",
      lines("email,first_name,last_name", "a@b.example,Ada,Byron"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "case and blanks",
      lines("  E-mail  , Full Name ", "a@b.example,Ada"),
      "a@b.example",
      "Ada",
      [],
    ],
    [
      "Excel's word on the separator",
      lines("sep=;", "email;name", "a@b.example;Ada"),
      "a@b.example",
      "Ada",
      [],
    ],
    ["a bar", lines("Mail|Name", "a@b.example|Ada"), "a@b.example", "Ada", []],
    [
      "blanks after commas",
      lines("email, name, role", 'a@b.example, "Byron, Ada" , predefined_user'),
      "a@b.example",
      "Byron, Ada",
      [],
    ],
    [
      "a separator within a quoted title",
      lines('"a, b, c";email', "1;a@b.example"),
      "a@b.example",
      "",
      ["a, b, c"],
    ],
    [
      "blank lines in front",
      `\r\n\r\n${lines("email;name", "a@b.example;Ada")}`,
      "a@b.example",
      "Ada",
      [],
    ],
    ["CR alone", "email,name\ra@b.example,Ada\r", "a@b.example", "Ada", []],
    ["padding", lines("email,name,,", "a@b.example,Ada,,", ",,,"), "a@b.example", "Ada", []],
    [
      "a column without a title",
      lines("email,,name", "a@b.example,x,Ada"),
      "a@b.example",
      "Ada",
      ["#2"],
    ],
    [
      "German",
      lines("Vorname;Nachname;E-Mail-Adresse;Abteilung", "Ada;Byron;a@b.example;IT"),
      "a@b.example",
      "Ada Byron",
      ["Abteilung"],
    ],
    [
      "German, name first",
      lines("Name;Vorname;E-Mail", "Byron;Ada;a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "Spanish",
      lines("Nombre;Apellidos;Correo electrónico", "Ada;Byron;a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "Spanish, whole name",
      lines("Nombre,Correo", "Ada Byron,a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "French",
      lines("Nom;Prénom;Adresse e-mail", "Byron;Ada;a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "Italian",
      lines("Nome,Cognome,Indirizzo e-mail", "Ada,Byron,a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "Portuguese",
      lines("Nome,Sobrenome,Endereço de e-mail", "Ada,Byron,a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "Dutch",
      lines("Voornaam,Achternaam,E-mailadres", "Ada,Byron,a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
    [
      "whole name missing in a row",
      lines("Display name,First name,Last name,Email", ",Ada,Byron,a@b.example"),
      "a@b.example",
      "Ada Byron",
      [],
    ],
  ])("%s", async (_name, file, email, name, ignored) => {
    const outcome = await rowsOf(file);
    expect(outcome.rows).toMatchObject([{ email, name, keptOut: false }]);
    expect(outcome.ignored).toEqual(ignored);
  });

  test.each([
    ["Microsoft", "Email,Block credential", "a@b.example,True", true],
    ["Entra", "mail,accountEnabled", "a@b.example,False", true],
    ["Entra, allowed", "mail,accountEnabled", "a@b.example,True", false],
    ["Google", "Email Address [Required],Status [READ ONLY]", "a@b.example,Suspended", true],
    ["Okta", "email,status", "a@b.example,DEPROVISIONED", true],
    ["Okta, to come", "email,status", "a@b.example,STAGED", false],
    ["ours", "email,status", "a@b.example,disabled", true],
    ["German", "E-Mail;Gesperrt", "a@b.example;Ja", true],
    ["Spanish", "Correo;Estado", "a@b.example;Suspendido", true],
    ["Spanish, by yes", "Correo;Activo", "a@b.example;Sí", false],
  ])("whom %s keeps out is told", async (_name, header, row, keptOut) => {
    expect((await rowsOf(lines(header, row))).rows[0]?.keptOut).toBe(keptOut);
  });

  test("each row knows its line, whatever stands in front", async () => {
    const { rows } = await rowsOf(
      lines("sep=,", "", "email,name", 'a@b.example,"A', 'B"', "", "c@d.example,C"),
    );
    expect(rows.map(({ line }) => line)).toEqual([4, 7]);
  });
});

describe("a mapping", () => {
  test("says what each column is, whatever its title", async () => {
    const file = lines("Kontakt,email,wer", "a@b.example,no,Ada");
    const { rows, ignored } = await rowsOf(file, ["email", "ignore", "name"]);
    expect(rows).toMatchObject([{ email: "a@b.example", name: "Ada" }]);
    expect(ignored).toEqual(["email"]);
  });
  test("takes the first row too where it is somebody", async () => {
    const file = lines("a@b.example,Ada", "c@d.example,Cid");
    const { rows } = await rowsOf(file, ["email", "name"]);
    expect(rows.map(({ line, email }) => [line, email])).toEqual([
      [1, "a@b.example"],
      [2, "c@d.example"],
    ]);
    expect(await read(file)).toEqual({ kind: "badFile", problem: "noEmailColumn" });
  });
  test("of another file is refused", async () => {
    const outcome = await read(lines("a,b", "a@b.example,Ada"), ["ignore", "ignore", "email"]);
    expect(outcome).toEqual({ kind: "badFile", problem: "otherColumns" });
  });
});

describe("samples", () => {
  const sample = async (file: string | Buffer) => {
    const outcome = await sampleUsersCsv(inPieces(file, 1_000));
    if (outcome.kind !== "sampled") throw new Error(JSON.stringify(outcome));
    return outcome;
  };
  test("are the first values of each column; passwords are not shown", async () => {
    const { header, columns } = await sample(
      lines(
        "Wer;Passwort;Kontakt",
        "Ada;geheim;a@b.example",
        "Cid;;c@d.example",
        "Eve;x;e@f.example",
        "Z;z;z@z.example",
      ),
    );
    expect(header).toBe(true);
    expect(columns).toEqual([
      { title: "Wer", field: "ignore", secret: false, samples: ["Ada", "Cid", "Eve"] },
      { title: "Passwort", field: "ignore", secret: true, samples: [] },
      {
        title: "Kontakt",
        field: "email",
        secret: false,
        samples: ["a@b.example", "c@d.example", "e@f.example"],
      },
    ]);
  });
  test("without a header, the first row is one", async () => {
    const { header, columns } = await sample("a@b.example,Ada");
    expect(header).toBe(false);
    expect(columns).toMatchObject([
      { title: "", field: "email", samples: ["a@b.example"] },
      { title: "", field: "ignore", samples: ["Ada"] },
    ]);
  });
  test("of the beginning of a large file, cut anywhere", async () => {
    const file = `email,name\n${'é@b.example,"Ä, Ö"\n'.repeat(20_000)}`;
    for (const shift of [0, 1, 2, 3]) {
      const { columns } = await sample(Buffer.from(`${"\n".repeat(shift)}${file}`));
      expect(columns[1]?.samples).toEqual(["Ä, Ö"]);
    }
  });
  test.each([
    ["nothing", "", { problem: "empty" }],
    ["too many columns", `${"a,".repeat(300)}b\n`, { problem: "tooManyColumns" }],
    ["a quote left open", 'email\n"a', { problem: "quoteOpen", line: 2 }],
    ["a giant line", "x".repeat(70_000), { problem: "rowTooLong", line: 1 }],
    ["no text", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), { problem: "encoding", line: 1 }],
  ])("%s is refused", async (_name, file, problem) => {
    expect(await sampleUsersCsv(inPieces(file))).toEqual({ kind: "badFile", ...problem });
  });
});

test("what is secret is never taken for anything else", () => {
  for (const title of ["Password", "Contraseña", "Mot de passe", "Wachtwoord", "email password"]) {
    expect(recogniseColumns(["email", title])[1]).toMatchObject({ field: "ignore", secret: true });
  }
});

describe("text as programs write it", () => {
  const text = "email,name\r\na@b.example,José Müller\r\n";
  const utf16be = Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
  test.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), "utf-8"],
    ["UTF-16", Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16"],
    ["UTF-16, the other way", utf16be, "utf-16"],
    ["Windows-1252", Buffer.from(text, "latin1"), "windows-1252"],
  ])("%s", (_name, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ kind: "text", text, encoding });
  });

  test.each([
    ["O\x92Brien", "O’Brien"],
    ["\x93Ada\x94 \x96 Gro\xDFe", "“Ada” – Große"],
    ["\xC9lodie H\xE9l\xE8ne", "Élodie Hélène"],
  ])("Windows-1252: %j", (latin1, expected) => {
    expect(decodeText(Buffer.from(latin1, "latin1"))).toMatchObject({ text: expected });
  });

  test.each([
    ["Cyrillic", "\xC8\xE2\xE0\xED", 1],
    ["Macintosh", "Jos\x8E", 1],
    ["Macintosh, í", "Mart\x92nez", 1],
    ["DOS", "Jos\x82", 1],
    ["Polish", "Wa\xB3\xEAsa", 1],
    ["Turkish", "I\xFE\xFDk", 1],
    ["two in one", "Jos\xC3\xA9\nJos\xE9", 2],
    ["a picture", "\x89PNG\r\n\x1A\n", 1],
    ["UTF-16 without a mark", "e\0m\0a\0", 1],
    ["UTF-32", "\xFF\xFE\0\0e\0\0\0", 1],
    ["half a UTF-16", "\xFF\xFEe\0m", 1],
    ["a broken line", "a\r\nb\rc\nd\xFF\xC3\xA9", 4],
  ])("%s is not plain", (_name, latin1, line) => {
    expect(decodeText(Buffer.from(latin1, "latin1"))).toEqual({ kind: "unreadable", line });
  });
});

describe("roles by the words of people", () => {
  const find = roleFinder([
    { slug: ADMIN_ROLE, name: "Administrator" },
    { slug: USER_ROLE, name: "User" },
    { slug: "help_desk", name: "Help desk" },
    { slug: "jose", name: "José" },
    { slug: "jose_2", name: "Jose" },
  ]);
  test.each([
    ["User", USER_ROLE],
    ["usuario", USER_ROLE],
    ["member", USER_ROLE],
    ["PREDEFINED_USER", USER_ROLE],
    ["Administrator", ADMIN_ROLE],
    ["Administrador", ADMIN_ROLE],
    ["admin", ADMIN_ROLE],
    ["super admin", ADMIN_ROLE],
    ["HELP DESK", "help_desk"],
    ["help-desk", "help_desk"],
    ["jose", "jose"],
  ])("%s", (word, slug) => {
    expect(find(word)).toEqual({ slug });
  });
  test.each([
    ["emperor", "roleUnknown"],
    ["---", "roleUnknown"],
    ["JOSÉ", "roleAmbiguous"],
  ])("%s is %s", (word, fault) => {
    expect(find(word)).toBe(fault);
  });
  test("another role of a name that we show is not ours", () => {
    const roles = [ADMIN_ROLE, "chief"].map((slug) => ({ slug, name: "Administrator" }));
    expect(roleFinder(roles)("administrator")).toBe("roleAmbiguous");
    expect(
      roleFinder([
        { slug: USER_ROLE, name: "User" },
        { slug: "m", name: "Member" },
      ])("member"),
    ).toEqual({ slug: "m" });
  });
});
