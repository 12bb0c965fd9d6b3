import type { ComponentProps } from "react";
import { NamePlate } from "@/components/name-plate";
import { settings } from "@/lib/settings/settings";
import { markPath } from "@/lib/settings/settings-view";

/** The name plate of this installation. */
export function OwnPlate(looks: Omit<ComponentProps<typeof NamePlate>, "name" | "mark">) {
  const { name, mark } = settings();
  return <NamePlate name={name} mark={mark && markPath(mark)} {...looks} />;
}
