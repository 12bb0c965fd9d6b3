import { KeyDrawing } from "../key-drawing";

/** The steps of the setup beside a key that is cut as they are done. */
export function StepList({
  names,
  current,
  complete = false,
  words,
}: {
  names: readonly string[];
  current: number;
  complete?: boolean;
  words: { label: string; done: string };
}) {
  return (
    <div className="relative">
      <div className="absolute">
        <KeyDrawing rows={names.length} done={complete ? names.length : current} />
      </div>
      <ol aria-label={words.label} className="pt-12 ps-16">
        {names.map((name, index) => (
          <li
            key={name}
            aria-current={index === current ? "step" : undefined}
            className={`flex h-14 items-center gap-2 ${index === current ? "font-medium" : "text-soft"}`}
          >
            {name}
            {index < current && <span className="sr-only">({words.done})</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
