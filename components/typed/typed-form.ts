import { KEPT } from "@/product";

/** What somebody typed into one form: the names of all its fields tell which. */
export type TypedForm = { fields: string; values: [name: string, value: string | boolean][] };

export const KEY = KEPT.typedStorage;

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== "" &&
      !element.name.startsWith("$ACTION"),
  );
}

export const fieldsOf = (form: HTMLFormElement) =>
  [...new Set(controlsOf(form).map(({ name }) => name))].sort().join(" ");

/** Typed to be kept secret, or not typed at all. */
export function isSecret(control: Control): boolean {
  return (
    "secret" in control.dataset ||
    /^(password|hidden|file|submit|button|image|reset)$/.test(control.type) ||
    /password|one-time/.test(control.autocomplete)
  );
}

/** What a control is called in its form: of boxes each has a value of its own. */
export const keyOf = (control: Control) =>
  isBox(control) ? `${control.name}=${control.value}` : control.name;

export const isBox = (control: Control): control is HTMLInputElement =>
  control.type === "checkbox" || control.type === "radio";
