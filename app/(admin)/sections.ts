import type { Actor } from "@/lib/access/actor";
import { may, mayAll } from "@/lib/access/policy";
import type { Action, Subject } from "@/lib/access/subjects";
import type { MessageKey } from "@/lib/platform/messages";

type Section = {
  path: `/${string}`;
  /** Who sees it. Its pages ask again, each for what it does. */
  needs: readonly [Action, Subject];
  /** Whether it takes that for each there is, whatever it is like. */
  ofAll?: true;
  /** Its name in the navigation. */
  label: MessageKey;
  /** Where who may see it is led who has no page at `/`; the first one counts, and for nobody else is it the account page. */
  home?: true;
  /** Where there is no room for all in one line, it stands in the account menu. */
  inMenu?: true;
};

/** The sections of the administration, in the order of the navigation. A new one is a line here and its folder. */
const SECTIONS: readonly Section[] = [
  {
    path: "/",
    needs: ["read", "User"],
    ofAll: true,
    label: "home.title",
  },
  {
    path: "/users",
    needs: ["read", "User"],
    label: "admin.users",
    home: true,
  },
  {
    path: "/roles",
    needs: ["read", "Role"],
    label: "admin.roles",
  },
  {
    path: "/audit",
    needs: ["read", "AuditEvent"],
    label: "admin.audit",
  },
  {
    path: "/settings",
    needs: ["update", "Installation"],
    label: "admin.settings",
    inMenu: true,
  },
];

export function sectionsFor(actor: Actor): readonly Section[] {
  return SECTIONS.filter(({ needs, ofAll }) =>
    ofAll ? mayAll(actor, ...needs) : may(actor, ...needs),
  );
}

/** Where somebody's work is who does not see all of it at `/`. */
export function homeOf(actor: Actor): Section["path"] {
  return sectionsFor(actor).find(({ home }) => home)?.path ?? "/account";
}
