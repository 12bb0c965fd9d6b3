import {
  type Control,
  controlsOf,
  fieldsOf,
  isBox,
  isSecret,
  KEY,
  keyOf,
  type TypedForm,
} from "./typed-form";

/** Whatever is not taken up after this long belongs to another visit. */
const STALE_MS = 60_000;

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
      const [, value] = values.find(([name]) => name === keyOf(control)) ?? [];
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
