import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

const KEYS = [
  ["search", ["/"]],
  ["move", ["j", "k"]],
  ["open", ["Enter"]],
  ["select", ["x"]],
  ["bulk", ["b"]],
  ["clear", ["Esc"]],
  ["help", ["?"]],
] as const;

/** Every key of the list, and the switch for those who need their letters for something else. */
export function KeyboardHelp({
  enabled,
  onSwitch,
  onClose,
}: {
  enabled: boolean;
  onSwitch: (enabled: boolean) => void;
  onClose: () => void;
}) {
  const t = useTranslations("usersList");
  const hint = useId();
  return (
    <Dialog title={t("keyboard")} onClose={onClose}>
      <dl className={`mt-4 divide-y divide-line ${enabled ? "" : "text-soft"}`}>
        {KEYS.map(([name, keys]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-2">
            <dt>{t(`key.${name}`)}</dt>
            <dd className="flex shrink-0 gap-1">
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
      <label className="mt-6 flex items-start gap-3">
        <input
          type="checkbox"
          role="switch"
          checked={enabled}
          aria-checked={enabled}
          aria-describedby={hint}
          className="mt-1 size-4 shrink-0 accent-ink"
          onChange={(event) => onSwitch(event.target.checked)}
        />
        <span>
          <span className="font-medium">{t("keysOn")}</span>
          <span id={hint} className="block text-sm text-soft">
            {t("keysHint")}
          </span>
        </span>
      </label>
      <div className="mt-6 flex justify-end">
        <Button onClick={onClose}>{t("close")}</Button>
      </div>
    </Dialog>
  );
}
