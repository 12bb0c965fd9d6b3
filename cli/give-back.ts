/** Fields of the framework, whose names begin so. */
const OF_FRAMEWORK = "$ACTION";
/** What is never given back: it was typed to be kept secret, or was not typed. */
const NOT_GIVEN_BACK = /^(password|hidden|file|submit|button|image|reset)$/;

type Attributes = Record<string, string>;

/**
 * Writes what somebody typed into the same form of another page. The page is our own, as React writes it: forms are not
 * nested, attributes are quoted, and `<` and `>` stand in no value. Secrets do not come back.
 *
 * @param typed everything the form sent; a form is the same when it has fields of these names
 */
export function giveBack(html: string, typed: FormData): string {
  const sent = new Set([...typed.keys()].filter((name) => !name.startsWith(OF_FRAMEWORK)));
  let found = false;
  return html.replace(/<form\b[^>]*>[\s\S]*?<\/form>/g, (form) => {
    if (found || sent.size === 0 || !hasFields(form, sent)) return form;
    found = true;
    return fill(form, typed);
  });
}

function attributesOf(tag: string): Attributes {
  const found = tag.matchAll(/\s([^\s"'>/=]+)(?:="([^"]*)")?/g);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, plain(value)]));
}

/** Whether a form has every field that was sent, and none but boxes that were not. */
function hasFields(form: string, sent: ReadonlySet<string>): boolean {
  const names = new Set<string>();
  let complete = true;
  for (const [tag] of form.matchAll(/<(?:input|select|textarea|button)\b[^>]*>/g)) {
    const { name, type } = attributesOf(tag);
    if (!name || name.startsWith(OF_FRAMEWORK)) continue;
    names.add(name);
    const always = !tag.startsWith("<button") && type !== "checkbox" && type !== "radio";
    if (always && !sent.has(name)) complete = false;
  }
  return complete && [...sent].every((name) => names.has(name));
}

function fill(form: string, typed: FormData): string {
  const textOf = ({ name = "" }: Attributes) => {
    const value = typed.get(name);
    return typeof value === "string" ? value : null;
  };
  return form
    .replace(/<input\b[^>]*>/g, (tag) => {
      const attributes = attributesOf(tag);
      const { name = "", type = "text", value = "on" } = attributes;
      if (name === "" || isSecret(attributes)) return tag;
      if (type === "checkbox" || type === "radio") {
        return withAttribute(tag, "checked", typed.getAll(name).includes(value) ? "" : null);
      }
      return given(tag, textOf(attributes));
    })
    .replace(/(<textarea\b[^>]*>)([\s\S]*?)(<\/textarea>)/g, (whole, tag, _text, end) => {
      const attributes = attributesOf(tag);
      const text = isSecret(attributes) ? null : textOf(attributes);
      // A parser drops the first line break of a text area.
      return text === null ? whole : `${withAttribute(tag, MARK, text)}\n${escaped(text)}${end}`;
    })
    .replace(/(<select\b[^>]*>)([\s\S]*?)(<\/select>)/g, (whole, tag, options, end) => {
      const text = textOf(attributesOf(tag));
      if (text === null) return whole;
      const chosen = options.replace(/<option\b[^>]*>/g, (option: string) => {
        const mine = attributesOf(option)["value"] === text;
        return withAttribute(option, "selected", mine ? "" : null);
      });
      return `${withAttribute(tag, MARK, text)}${chosen}${end}`;
    });
}

/** Where a script finds what was given back: as it takes over the page, it puts there what the page began with. */
const MARK = "data-given-back";

function given(tag: string, text: string | null): string {
  return text === null ? tag : withAttribute(withAttribute(tag, "value", text), MARK, text);
}

function isSecret({ type = "text", autocomplete = "", ...rest }: Attributes): boolean {
  const names = autocomplete || rest["autoComplete"] || "";
  return NOT_GIVEN_BACK.test(type) || "data-secret" in rest || /password|one-time/.test(names);
}

/** The tag with an attribute of this value, or without it. */
function withAttribute(tag: string, name: string, value: string | null): string {
  const without = tag.replace(new RegExp(`\\s${name}(="[^"]*")?(?=[\\s/>])`, "i"), "");
  if (value === null) return without;
  return without.replace(/\s*\/?>$/, (end) => ` ${name}="${escaped(value)}"${end}`);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function plain(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
