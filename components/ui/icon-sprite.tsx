import type { Icon } from "@/components/ui/icons/icon";

/** Draws once what a list shows in each of its rows; RepeatedIcon refers to it by name. */
export function IconSprite({ icons }: { icons: Record<string, Icon> }) {
  return (
    <svg className="absolute size-0" aria-hidden="true">
      {Object.entries(icons).map(([name, Icon]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 24 24">
          <Icon />
        </symbol>
      ))}
    </svg>
  );
}
