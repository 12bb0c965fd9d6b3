import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Action, Subject } from "@/lib/access/subjects";
import type { MessageKey } from "@/lib/platform/messages";
import { sectionsFor } from "./sections";

type Command = {
  group: "pages" | "actions" | "settings";
  path: `/${string}`;
  label: MessageKey;
  /** Other words by which people look for it. */
  also?: MessageKey;
  /** Who is offered it: who may open its page. */
  needs?: readonly [Action, Subject];
  /** No page of the administration: another document, or a file. */
  document?: true;
};

/**
 * What can be found besides the sections, in the order in which it stands in the palette. A new one is a line here; each
 * page without a place of its own in an address is one, or commands.test.ts asks for it.
 */
export const COMMANDS: readonly Command[] = [
  {
    group: "actions",
    path: "/users/invite",
    label: "usersList.invite",
    also: "palette.also.invite",
    needs: ["create", "User"],
  },
  {
    group: "actions",
    path: "/users/join-links",
    label: "joinLinks.title",
    also: "palette.also.invite",
    needs: ["create", "User"],
  },
  {
    group: "actions",
    path: "/users/import",
    label: "usersList.importCsv",
    also: "palette.also.import",
    needs: ["create", "User"],
  },
  {
    group: "actions",
    path: "/users/new",
    label: "createUser.title",
    also: "palette.also.newUser",
    needs: ["create", "User"],
  },
  {
    group: "actions",
    path: "/roles/new",
    label: "rolesPage.newTitle",
    also: "palette.also.newRole",
    needs: ["create", "Role"],
  },
  {
    group: "actions",
    path: "/v1/users/export",
    label: "palette.exportUsers",
    also: "palette.also.export",
    needs: ["read", "User"],
    document: true,
  },
  {
    group: "actions",
    path: "/v1/auth/me/export",
    label: "accountPage.dataDownload",
    also: "palette.also.data",
    document: true,
  },
  {
    group: "pages",
    path: "/users/deleted",
    label: "deletedUsers.title",
    also: "palette.also.deleted",
    needs: ["delete", "User"],
  },
  {
    group: "pages",
    path: "/roles/side_by_side",
    label: "rolesPage.sideBySide",
    also: "palette.also.who",
    needs: ["read", "Role"],
  },
  {
    group: "pages",
    path: "/roles/who",
    label: "rolesPage.who",
    also: "palette.also.who",
    needs: ["read", "Role"],
  },
  {
    group: "pages",
    path: "/roles/test",
    label: "rolesPage.test",
    also: "palette.also.who",
    needs: ["read", "Role"],
  },
  {
    group: "pages",
    path: "/account",
    label: "accountPage.title",
    also: "palette.also.account",
  },
  {
    group: "pages",
    path: "/account/activity",
    label: "accountPage.activity",
    also: "palette.also.activity",
  },
  {
    group: "pages",
    path: "/docs/api",
    label: "palette.api",
    also: "palette.also.api",
    document: true,
  },
  {
    group: "settings",
    path: "/account/security",
    label: "accountPage.change",
    also: "palette.also.password",
  },
  {
    group: "settings",
    path: "/account/second-factor",
    label: "secondFactor.title",
    also: "palette.also.secondFactor",
  },
  {
    group: "settings",
    path: "/account/sessions",
    label: "accountPage.sessions",
    also: "palette.also.sessions",
  },
  {
    group: "settings",
    path: "/account/tokens",
    label: "tokens.title",
    also: "palette.also.tokens",
  },
];

/** What `actor` is offered, the sections of the administration first among the pages. */
export function commandsFor(actor: Actor): readonly Command[] {
  const sections = sectionsFor(actor).map(
    ({ path, label }): Command => ({
      group: "pages",
      path,
      label,
      ...(path === "/audit" && { also: "palette.also.audit" }),
    }),
  );
  const others = COMMANDS.filter(({ needs }) => needs === undefined || may(actor, ...needs));
  return [...sections, ...others];
}
