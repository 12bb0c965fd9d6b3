"use client";

import { useEffect, useState } from "react";
import type { Palette } from "./palette";
import type { PaletteActions, PaletteView } from "./palette-data";

/**
 * Opens the palette by Ctrl K (Cmd K), by `?`, and by whatever has `data-palette`, on every page. This is in each page's
 * scripts; all else, and whether a `?` is more than a letter, is loaded then.
 */
export function PaletteOpener({
  label,
  actions,
}: {
  /** What can be found. */
  label: string;
  actions: PaletteActions;
}) {
  const [opened, setOpened] = useState<{ Shown: typeof Palette; view: PaletteView }>();
  useEffect(() => {
    const gone = new AbortController();
    const open = async (view: PaletteView, by?: KeyboardEvent) => {
      const { Palette: Shown, isKey } = await import("./palette");
      if (!by || isKey(by)) setOpened({ Shown, view });
    };
    const press = (event: KeyboardEvent) => {
      const { key, metaKey, ctrlKey, shiftKey, altKey } = event;
      if (key === "?") open("keys", event);
      // On a Mac Ctrl K cuts the rest of a line.
      const combined = /Mac|iP/.test(navigator.platform) ? metaKey : ctrlKey;
      if (key !== "k" || !combined || shiftKey || altKey) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) open("find");
    };
    addEventListener("keydown", press, gone);
    const click = ({ target }: Event) => {
      const { palette } = (target as Element).closest<HTMLElement>("[data-palette]")?.dataset ?? {};
      if (palette) open(palette as PaletteView);
    };
    addEventListener("click", click, gone);
    return () => gone.abort();
  }, []);
  if (!opened) return null;
  const { Shown, view } = opened;
  return <Shown label={label} view={view} actions={actions} onClose={() => setOpened(undefined)} />;
}
