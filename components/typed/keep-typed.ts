import { KEPT } from "@/product";

/** What somebody typed into one form: the names of all its fields tell which. */
type TypedForm = { fields: string; values: [name: string, value: string | boolean][] };

const KEY = KEPT.typedStorage;
/** Whatever is not taken up after this long belongs to another visit. */
const STALE_MS = 60_000;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== "" &&
      !element.name.startsWith("$ACTION"),
  );
}

const fieldsOf = (form: HTMLFormElement) =>
  [...new Set(controlsOf(form).map(({ name }) => name))].sort().join(" ");

/** Typed to be kept secret, or not typed at all. */
function isSecret(control: Control): boolean {
  return (
    "secret" in control.dataset ||
    /^(password|hidden|file|submit|button|image|reset)$/.test(control.type) ||
    /password|one-time/.test(control.autocomplete)
  );
}

const isBox = (control: Control): control is HTMLInputElement =>
  control.type === "checkbox" || control.type === "radio";

/** The value of a control where somebody has changed it, else null. */
function changedValue(control: Control): string | boolean | null {
  if (isBox(control)) return control.checked === control.defaultChecked ? null : control.checked;
  if (control instanceof HTMLSelectElement) {
    const same = [...control.options].every((option) => option.selected === option.defaultSelected);
    return same ? null : control.value;
  }
  return control.value === control.defaultValue ? null : control.value;
}

/** What has been typed into the forms of this page and not been sent; never a secret. */
export function readTyped(): TypedForm[] {
  return [...document.forms].flatMap((form) => {
    const values = controlsOf(form).flatMap((control): TypedForm["values"] => {
      const value = isSecret(control) ? null : changedValue(control);
      const key = isBox(control) ? `${control.name}=${control.value}` : control.name;
      return value === null ? [] : [[key, value]];
    });
    return values.length > 0 ? [{ fields: fieldsOf(form), values }] : [];
  });
}

/** Keeps it in this tab for the page that comes instead of this one. */
export function keepTyped(forms: TypedForm[]): void {
  const { pathname: path } = window.location;
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify({ path, at: Date.now(), forms }));
  } catch {
    // no storage, or no room in it: the page can only say that it is another one
  }
}

/** Takes out what was kept for this page; null when nothing was. */
export function takeTyped(): TypedForm[] | null {
  try {
    const { path, at, forms } = JSON.parse(window.sessionStorage.getItem(KEY) ?? "{}");
    window.sessionStorage.removeItem(KEY);
    return path === window.location.pathname && Date.now() - at < STALE_MS ? forms : null;
  } catch {
    return null;
  }
}

/** Types into a control as a person does, so that whatever listens to it knows. */
function type(control: Control, value: string | boolean): void {
  if (isBox(control)) {
    if (control.checked !== value) control.click();
    return;
  }
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value");
  own?.set?.call(control, String(value));
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Types it into the forms that are there; returns what has found no form yet. */
export function typeAgain(kept: TypedForm[]): TypedForm[] {
  return kept.filter(({ fields, values }) => {
    const form = [...document.forms].find((one) => fieldsOf(one) === fields);
    if (!form) return true;
    for (const control of controlsOf(form)) {
      const key = isBox(control) ? `${control.name}=${control.value}` : control.name;
      const [, value] = values.find(([name]) => name === key) ?? [];
      if (value !== undefined && !isSecret(control)) type(control, value);
    }
    return false;
  });
}

/** Types again what the server has written into the page: a script that took it over began with other values. */
export function typeGivenBack(): void {
  for (const control of document.querySelectorAll<Control>("[data-given-back]")) {
    const { givenBack = "" } = control.dataset;
    if (control.value !== givenBack) type(control, givenBack);
  }
}
