"use server";

import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { JoinState } from "@/components/links/join-state";
import { waitText } from "@/components/wait-text";
import {
  type AcceptLinkOutcome,
  acceptLink,
  type OpenLink,
  type ReadLinkOutcome,
  readLink,
} from "@/lib/links/accept-link";
import type { OpenJoinLink } from "@/lib/links/join-by-link";
import { placeIn } from "@/lib/links/place-in";
import { orLater } from "@/lib/platform/or-later";
import { getActor, setSessionCookie } from "@/lib/sessions/auth";
import { endSession } from "@/lib/sessions/end-session";
import { formFields } from "../form-fields";

/** Tells what a link is for; the second time, with a password, uses it and signs the person in. */
export async function join(before: JoinState, form: FormData): Promise<JoinState> {
  const fields = formFields(form, "step", "token", "email", "name", "password");
  const { token, email, name, password } = fields;
  const locale = await getLocale();
  const outcome = await orLater(
    async (): Promise<AcceptLinkOutcome | ReadLinkOutcome> =>
      fields.step === "password"
        ? acceptLink({ token, email, name, password, locale })
        : readLink(token),
  );
  switch (outcome.kind) {
    case "accepted": {
      await endOwnSession();
      if (outcome.sessionId === null) return redirect("/login");
      await setSessionCookie(outcome.sessionId);
      return redirect(outcome.joined ? "/welcome" : "/");
    }
    case "open":
      return opened(token, outcome.link);
    case "openForMany":
      return openedForMany(token, outcome.link);
    case "invalidForMany": {
      const again = await openedForMany(token, outcome.link);
      return { ...again, email, name, problems: outcome.issues };
    }
    case "waiting":
      return { kind: "waiting" };
    case "invalid":
      return { ...(await opened(token, outcome.link)), name, problems: outcome.issues };
    case "dead":
      return { kind: "dead" };
    case "rateLimited":
    case "overloaded":
    case "unavailable": {
      const message = waitText(await getTranslations("waiting"), outcome.kind, outcome.retryAfter);
      return before?.kind === "open"
        ? { ...before, ...(before.purpose === "many" && { email }), name, problems: [], message }
        : { kind: "wait", message, token };
    }
  }
}

async function opened(token: string, link: OpenLink): Promise<JoinState & { kind: "open" }> {
  const t = await getTranslations("join");
  const { email, purpose } = link;
  const invited = purpose === "invitation";
  const host = placeIn(t);
  const other = await orLater(getActor);
  return {
    kind: "open",
    token,
    purpose,
    email,
    emailHint: null,
    name: link.name ?? "",
    title: invited ? t("joinTitle", { host }) : t("resetTitle"),
    intro: invited ? t("joinIntro", { email }) : t("resetIntro", { email, host }),
    until: t("until", { expires: new Date(link.expiresAt) }),
    otherAccount:
      other && "email" in other && other.email !== email
        ? t("otherAccount", { email: other.email })
        : null,
    problems: [],
    message: null,
  };
}

async function openedForMany(
  token: string,
  link: OpenJoinLink,
): Promise<JoinState & { kind: "open" }> {
  const t = await getTranslations("join");
  const other = await orLater(getActor);
  return {
    kind: "open",
    token,
    purpose: "many",
    email: "",
    emailHint: link.domain === null ? null : t("manyDomain", { domain: link.domain }),
    name: "",
    title: t("joinTitle", { host: placeIn(t) }),
    intro: t(link.approval ? "manyApprovalIntro" : "manyIntro"),
    until: t("manyUntil", { expires: new Date(link.expiresAt) }),
    otherAccount: other && "email" in other ? t("otherAccount", { email: other.email }) : null,
    problems: [],
    message: null,
  };
}

/** Whoever was signed in at this browser is not any more: the cookie is about to be somebody else's. */
async function endOwnSession(): Promise<void> {
  await orLater(async () => {
    const actor = await getActor();
    if (actor?.via.kind === "session") await endSession(actor, actor.via.id);
  });
}
