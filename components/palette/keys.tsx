import { useId, useState } from "react";
import { lettersAreKeys } from "@/components/letter-keys";
import { Button } from "@/components/ui/button";
import { KEPT } from "@/product";
import type { PaletteWords } from "./palette-data";

const A_YEAR = 365 * 24 * 60 * 60;

function turnLetterKeys(on: boolean): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
  document.cookie = `${KEPT.keysCookie}=off; Path=/; Max-Age=${on ? 0 : A_YEAR}; SameSite=Lax${secure}`;
}

/** Every key there is, and the switch for those who need their letters for something else. */
export function Keys({
  words: { keys: words, close },
  onBack,
  onClose,
}: {
  words: PaletteWords;
  onBack: () => void;
  onClose: () => void;
}) {
  const [on, setOn] = useState(lettersAreKeys);
  const hint = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: more than a screen of a phone has to be read by keyboard too
    <div tabIndex={0} className="overflow-y-auto p-6 focus-visible:-outline-offset-2">
      <h2 className="text-xl font-semibold">{words.title}</h2>
      {words.groups.map(({ title, keys }) => (
        <section key={title} className="mt-6">
          <h3 className="text-sm text-soft">{title}</h3>
          <dl className={`divide-y divide-line ${on ? "" : "text-soft"}`}>
            {keys.map(({ label, keys }) => (
              <div key={label} className="flex items-center justify-between gap-4 py-2">
                <dt>{label}</dt>
                <dd dir="ltr" className="flex shrink-0 gap-1">
                  {keys.map((key) => (
                    <kbd
                      key={key}
                      className="grid h-7 min-w-7 place-items-center rounded border border-edge bg-sunken px-1.5 font-mono text-sm"
                    >
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <label className="mt-6 flex items-start gap-3">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          aria-describedby={hint}
          className="mt-1 size-4 shrink-0 accent-ink"
          onChange={({ target }) => {
            turnLetterKeys(target.checked);
            setOn(target.checked);
          }}
        />
        <span>
          <span className="font-medium">{words.on}</span>
          <span id={hint} className="block text-sm text-soft">
            {words.onHint}
          </span>
        </span>
      </label>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onBack}>
          {words.back}
        </Button>
        <Button onClick={onClose}>{close}</Button>
      </div>
    </div>
  );
}
