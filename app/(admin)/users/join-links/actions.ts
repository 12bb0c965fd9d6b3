"use server";

import { refresh } from "next/cache";
import type { JoinLinkState } from "@/components/links/join-link-form";
import { approveJoinRequest } from "@/lib/links/approve-join-request";
import { createJoinLink } from "@/lib/links/create-join-link";
import { refuseJoinRequest } from "@/lib/links/refuse-join-request";
import { revokeJoinLink } from "@/lib/links/revoke-join-link";
import { formFields } from "../../../form-fields";
import { act, actFrom, leadOn } from "../../act";
import { orConfirmFirst } from "../../confirm-first";

const HERE = "/users/join-links";

/** What a form that shows no answer has come to, for the page to say. */
const said = (outcome: { kind: string }) => leadOn(outcome, `${HERE}?said=${outcome.kind}`);

export async function create(_before: JoinLinkState, form: FormData): Promise<JoinLinkState> {
  const typed = formFields(form, "name", "role", "maxUses", "days", "domain", "approval");
  const { name, role, maxUses, days, domain, approval } = typed;
  const input = {
    ...{ name, role },
    maxUses: numberOf(maxUses),
    days: numberOf(days),
    domain: domain.trim() === "" ? null : domain,
    approval: approval !== "",
  };
  const outcome = await act((actor) => createJoinLink(actor, input));
  switch (outcome.kind) {
    case "created": {
      refresh();
      const { joinLink, link } = outcome;
      return { kind: "created", name: joinLink.name, link, expiresAt: joinLink.expiresAt };
    }
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    default:
      return { kind: "refused", why: outcome, typed };
  }
}

/** What is no whole number is none that the schema takes. */
const numberOf = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN);

export async function revoke(form: FormData): Promise<void> {
  const { id } = formFields(form, "id");
  said(await actFrom(HERE, (actor) => revokeJoinLink(actor, id)));
}

export async function approve(form: FormData): Promise<void> {
  const { id } = formFields(form, "id");
  const outcome = await actFrom(HERE, (actor) => approveJoinRequest(actor, id));
  said(await orConfirmFirst(outcome, HERE));
}

export async function refuse(form: FormData): Promise<void> {
  const { id } = formFields(form, "id");
  said(await actFrom(HERE, (actor) => refuseJoinRequest(actor, id)));
}
