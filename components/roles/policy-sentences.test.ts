import { createFormatter, createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { actionsOn, SUBJECT_NAMES } from "@/lib/access/conditions";
import { Policy } from "@/lib/access/schema";
import { ALL_ACTIONS } from "@/lib/access/subjects";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import { policySentences } from "./policy-sentences";

const messages = { en, es };
const names = (slug: string) => ({ predefined_user: "User" })[slug] ?? slug;

function say(locale: "en" | "es", policy: unknown): string {
  const t = createTranslator({ locale, messages: messages[locale], namespace: "rolesPage" });
  const format = createFormatter({ locale, timeZone: "UTC" });
  // biome-ignore lint/suspicious/noExplicitAny: the translator of a test is typed by its messages, the app's by its own
  return policySentences(t as any, format, names, Policy.parse(policy)).join(" ");
}

describe("sentences", () => {
  const user = (action: unknown, conditions?: unknown) => ({
    action,
    subject: "User",
    ...(conditions !== undefined && { conditions }),
  });
  test.each<[unknown, string, string]>([
    [{ action: "manage", subject: "all" }, "May do everything.", "Puede hacerlo todo."],
    [{ action: "read", subject: "all" }, "May read everything.", "Puede ver todo."],
    [user("read"), "May read users.", "Puede ver usuarios."],
    [user("manage"), "May do everything with users.", "Puede hacer todo con los usuarios."],
    [
      user(["update", "read"], { status: "active" }),
      "May read and change users whose status is active.",
      "Puede ver y modificar usuarios cuyo estado es activo.",
    ],
    [
      user(["read", "update", "delete"], { status: { $in: ["disabled", "invited"] } }),
      "May read, change, and delete users whose status is disabled or invited.",
      "Puede ver, modificar y eliminar usuarios cuyo estado es desactivado o invitado.",
    ],
    [
      user("manage", {
        "role.slug": "predefined_user",
        "metadata.team": { $in: ["north", "south"] },
      }),
      "May do everything with users whose role is “User” and whose “team” in the metadata is “north” or “south”.",
      "Puede hacer todo con los usuarios cuyo rol es «User» y cuyo «team» en los metadatos es «north» o «south».",
    ],
    [
      user("read", { email: { $eq: "ada@example.com" }, "metadata.level": 3, "metadata.on": true }),
      "May read users whose e-mail address is ada@example.com, whose “level” in the metadata is 3, and whose “on” in the metadata is true.",
      "Puede ver usuarios cuyo correo es ada@example.com, cuyo «level» en los metadatos es 3 y cuyo «on» en los metadatos es verdadero.",
    ],
    [
      user("read", { "metadata.n": { $in: [1, 2, 3, 4, 5, 6, 7] } }),
      "May read users whose “n” in the metadata is 1, 2, 3, 4, 5, or 2 others.",
      "Puede ver usuarios cuyo «n» en los metadatos es 1, 2, 3, 4, 5 o 2 más.",
    ],
    [
      { action: "read", subject: ["AuditEvent", "Installation", "Role"] },
      "May read the audit trail. May read the settings and the notes about the installation. May read roles.",
      "Puede ver el registro de auditoría. Puede ver los ajustes y las notas sobre la instalación. Puede ver roles.",
    ],
    [
      { action: ["create", "delete"], subject: "Role" },
      "May create and delete roles.",
      "Puede crear y eliminar roles.",
    ],
  ])("%j", (policy, english, spanish) => {
    expect(say("en", policy)).toBe(english);
    expect(say("es", policy)).toBe(spanish);
  });

  test("every action on every subject is a sentence of its own", () => {
    for (const locale of ["en", "es"] as const) {
      const said = SUBJECT_NAMES.flatMap((subject) =>
        ALL_ACTIONS.filter((action) => actionsOn(subject).includes(action)).map((action) =>
          say(locale, { action, subject }),
        ),
      );
      expect(new Set(said).size).toBe(said.length);
      for (const sentence of said) expect(sentence).toMatch(/^(May|Puede) [^{}]+\.$/);
    }
  });

  test("markup in a value stays text", () => {
    const policy = user("read", { "metadata.x": "<b>{who}</b>" });
    expect(say("en", policy)).toContain("“<b>{who}</b>”");
  });
});
