import compile from "icu-minify/compile";

/** Each text as the list that next-intl's formatter goes through, so that nobody has to read ICU's language later. */
function compiled(messages) {
  if (typeof messages === "string") return compile(messages);
  return Object.fromEntries(
    Object.entries(messages).map(([name, message]) => [name, compiled(message)]),
  );
}

/**
 * A loader of the build for the files of messages. next-intl brings one that does the same, behind an extractor with a
 * compiler of its own that is not installed here.
 */
export default function compileMessages(source) {
  const text = JSON.stringify(compiled(JSON.parse(source)));
  return `export default JSON.parse(${JSON.stringify(text)});`;
}
