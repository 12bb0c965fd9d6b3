import { type KeyboardEvent, type MouseEvent, useState } from "react";

/** How a menu is opened: which item has the focus then; none where a pointer has opened it. */
export type Opened = "first" | "last" | "none";

/** The state of a menu that is loaded when it is first opened, and what makes its button until then. */
export function useOpening() {
  const [opened, setOpened] = useState<Opened>();
  return {
    opened,
    opener: {
      "aria-haspopup": "menu" as const,
      "aria-expanded": false,
      onClick: ({ detail }: MouseEvent) => setOpened(detail === 0 ? "first" : "none"),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        setOpened(event.key === "ArrowDown" ? "first" : "last");
      },
    },
  };
}
