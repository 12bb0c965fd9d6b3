"use server";

import { getLocale, getTranslations } from "next-intl/server";
import type { PaletteData, PaletteEntry, PaletteWords } from "@/components/palette/palette-data";
import { PEOPLE_SHOWN } from "@/components/palette/palette-data";
import { personEntry } from "@/components/palette/person-entry";
import { THEMES } from "@/components/preferences";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { LANGUAGES } from "@/lib/platform/messages";
import { getUser } from "@/lib/users/get-user";
import { readTheme } from "../read-theme";
import { textsArgument } from "../text-argument";
import { act } from "./act";
import { commandKey } from "./command-key";
import { commandsFor } from "./commands";

/** What a browser remembers of one person. */
const LATELY = 5;

/**
 * Everything that the palette offers to who asks, in their language.
 *
 * @param people ids of those whom they went to lately
 */
export async function readPalette(people: readonly string[]) {
  const ids = textsArgument(people, LATELY);
  return act(async (actor): Promise<{ kind: "read" } & PaletteData> => {
    const [words, entries, found] = await Promise.all([
      readWords(actor),
      readEntries(actor),
      Promise.all(ids.map((id) => getUser(actor, id))),
    ]);
    return {
      kind: "read",
      person: actor.userId,
      words,
      entries,
      people: found.flatMap((one) => (one.kind === "found" ? personEntry(one.user) : [])),
      may: {
        searchUsers: may(actor, "read", "User"),
        searchAudit: may(actor, "read", "AuditEvent"),
      },
    };
  });
}

async function readEntries(actor: Actor): Promise<PaletteEntry[]> {
  const t = await getTranslations();
  const locale = await getLocale();
  const theme = await readTheme();
  const preference = (kind: "theme" | "locale", value: string, label: string): PaletteEntry => ({
    id: `${kind}:${value}`,
    group: "settings",
    label,
    also: t(`palette.also.${kind}`),
    does: { kind, value },
  });
  return [
    ...commandsFor(actor).map(
      ({ group, path, label, also, document }): PaletteEntry => ({
        id: path,
        group,
        label: t(label),
        ...(also && { also: t(also) }),
        does: { kind: document ? "document" : "page", href: path },
      }),
    ),
    ...THEMES.filter((one) => one !== theme).map((one) =>
      preference("theme", one, t(`palette.theme.${one}`)),
    ),
    ...LANGUAGES.filter(({ code }) => code !== locale).map(({ code, name }) =>
      preference("locale", code, t("palette.language", { name })),
    ),
    {
      id: "keys",
      group: "pages",
      label: t("keys.title"),
      also: t("palette.also.keys"),
      does: { kind: "keys" },
    },
    {
      id: "sign-out",
      group: "actions",
      label: t("account.signOut"),
      also: t("palette.also.signOut"),
      does: { kind: "signOut" },
    },
  ];
}

/** The keys of each place. */
const LIST_KEYS = [
  ["search", ["/"]],
  ["move", ["j", "k"]],
  ["open", ["Enter"]],
  ["select", ["x"]],
  ["peek", ["p"]],
  ["bulk", ["b"]],
  ["clear", ["Esc"]],
] as const;
const ALL_KEYS = [
  ["help", ["?"]],
  ["close", ["Esc"]],
] as const;

async function readWords(actor: Actor): Promise<PaletteWords> {
  const t = await getTranslations("palette");
  const keys = await getTranslations("keys");
  const named = (some: readonly (readonly [Parameters<typeof keys>[0], readonly string[]])[]) =>
    some.map(([name, pressed]) => ({ label: keys(name), keys: pressed }));
  return {
    group: {
      people: t("group.people"),
      pages: t("group.pages"),
      actions: t("group.actions"),
      settings: t("group.settings"),
      recent: t("group.recent"),
      search: t("group.search"),
    },
    close: t("close"),
    hint: t("hint"),
    searching: t("searching"),
    nothing: t("nothing"),
    nothingWhy: t("nothingWhy"),
    failed: t("failed"),
    found: Array.from({ length: PEOPLE_SHOWN + 1 }, (_, count) => t("found", { count })),
    inUsers: t("inUsers", { query: "{query}" }),
    inAudit: t("inAudit", { query: "{query}" }),
    keys: {
      title: keys("title"),
      back: keys("back"),
      on: keys("on"),
      onHint: keys("onHint"),
      groups: [
        {
          title: keys("everywhere"),
          keys: [...named([["find", [await commandKey(), "K"]]]), ...named(ALL_KEYS)],
        },
        ...(may(actor, "read", "User") ? [{ title: keys("inList"), keys: named(LIST_KEYS) }] : []),
      ],
    },
  };
}
