"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import type { SettingsFormState } from "@/components/settings/settings-form-state";
import type { TestMailState } from "@/components/settings/test-mail-form";
import { sendTestMail } from "@/lib/links/send-test-mail";
import type { Later } from "@/lib/platform/or-later";
import { setMark } from "@/lib/settings/set-mark";
import { type UpdateSettingsOutcome, updateSettings } from "@/lib/settings/update-settings";
import { formFields } from "../../form-fields";
import { act } from "../act";

/** Fields by the section that they are saved in, and how each is read from what was typed; nothing is as by default. */
const SECTIONS = {
  identity: { name: textOrNull, accent: textOrNull },
  passwords: { passwordMinLength: numberOrNull, breachedPasswords: isOn },
  sessions: { sessionDays: numberOrNull, sessionIdleDays: numberOrNull },
  origins: { allowedOrigins: linesOrNull },
} as const satisfies Record<string, Record<string, (typed: string) => unknown>>;
type Section = keyof typeof SECTIONS;

function textOrNull(typed: string): string | null {
  return typed.trim() === "" ? null : typed;
}

/** What is no number stays what it is, for the operation to refuse. */
function numberOrNull(typed: string): unknown {
  if (typed.trim() === "") return null;
  return /^\s*\d{1,9}\s*$/.test(typed) ? Number(typed) : typed;
}

function linesOrNull(typed: string): string[] | null {
  const lines = typed.split(/[\s,]+/).filter(Boolean);
  return lines.length === 0 ? null : lines;
}

function isOn(typed: string): boolean {
  return typed === "on";
}

/** Saves the settings of the section whose fields the form has. */
export async function saveSettings(
  _before: SettingsFormState,
  form: FormData,
): Promise<SettingsFormState> {
  const names = Object.values(SECTIONS).flatMap((section) => Object.keys(section));
  const { etag = "", ...typed } = formFields(form, "etag", ...names);
  const sent = Object.entries(SECTIONS).flatMap(([section, fields]) =>
    Object.entries(fields)
      .filter(([name]) => form.has(name))
      .map(([name, read]) => ({
        section: section as Section,
        name,
        value: read(typed[name] ?? ""),
      })),
  );
  const input = Object.fromEntries(sent.map(({ name, value }) => [name, value]));
  const outcome = await act((actor) => updateSettings(actor, input, etag));
  return saved(outcome, sent[0]?.section ?? "identity");
}

/** Has the image that was chosen stand for the installation, or the product's mark again. */
export async function saveMark(
  _before: SettingsFormState,
  form: FormData,
): Promise<SettingsFormState> {
  const { etag, remove } = formFields(form, "etag", "remove");
  const file = form.get("mark");
  const bytes =
    remove === "mark"
      ? null
      : new Uint8Array(file instanceof File ? await file.arrayBuffer() : new ArrayBuffer(0));
  return saved(await act((actor) => setMark(actor, bytes, etag)), "mark");
}

/** Has a mail sent to whoever presses the button. */
export async function testMail(_before: TestMailState, form: FormData): Promise<TestMailState> {
  formFields(form, "testMail");
  const locale = await getLocale();
  const outcome = await act((actor) => sendTestMail(actor, locale));
  switch (outcome.kind) {
    case "sent":
    case "off":
    case "failed":
      return outcome;
    default:
      return { kind: "refused", why: outcome };
  }
}

function saved(
  outcome: UpdateSettingsOutcome | Later | { kind: "signedOut" },
  section: Section | "mark",
): SettingsFormState {
  switch (outcome.kind) {
    case "updated":
      refresh(); // the frame of the pages shows them, too
      return redirect(`/settings?saved=${section}#${section}`);
    case "invalid":
      return { kind: "problems", problems: outcome.issues };
    default:
      return { kind: "refused", why: outcome };
  }
}
