import { useTranslations } from "next-intl";
import { KeyDrawing } from "../key-drawing";

/** The steps of the setup beside a key that is cut as they are done. */
export function StepList({
  names,
  current,
  complete = false,
}: {
  names: readonly string[];
  current: number;
  complete?: boolean;
}) {
  const t = useTranslations("setup");
  return (
    <div className="relative">
      <div className="absolute">
        <KeyDrawing rows={names.length} done={complete ? names.length : current} />
      </div>
      <ol aria-label={t("steps")} className="pt-12 pl-16">
        {names.map((name, index) => (
          <li
            key={name}
            aria-current={index === current ? "step" : undefined}
            className={`flex h-14 items-center gap-2 ${index === current ? "font-medium" : "text-soft"}`}
          >
            {name}
            {index < current && <span className="sr-only">({t("stepDone")})</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
