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
      return value === null ? [] : [[keyOf(control), value]];
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
