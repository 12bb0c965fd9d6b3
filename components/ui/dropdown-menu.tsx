"use client";

import {
  type ComponentProps,
  cloneElement,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Check } from "@/components/ui/icons/check";
import type { Opened } from "./use-opening";

/** Between button and menu, and between menu and window, in pixels. */
const GAP = 4;
const MARGIN = 8;
/** Letters that follow each other within this time are one beginning of a name; in milliseconds. */
const TYPING_MS = 500;

const itemStyle =
  "flex min-h-9 w-full cursor-default items-center gap-2 rounded px-3 py-1.5 text-start text-sm outline-none select-none focus:bg-sunken aria-disabled:text-soft";

/** Closes the menu and gives the focus back to its button. */
const CloseMenu = createContext<() => void>(() => {});

/**
 * A menu behind a button, by the pattern of the ARIA guide: arrows, Home, End and first letters move, Escape closes.
 * It lies in the browser's top layer, so it needs no place of its own in the page; nothing of it is there until it
 * opens. Not modal: the page behind it goes on scrolling.
 */
export function DropdownMenu({
  trigger,
  align = "end",
  opened = null,
  children,
}: {
  trigger: ReactElement<ComponentProps<"button">>;
  align?: "start" | "end";
  /** Of one that is open from the start: which item has the focus. */
  opened?: Opened | null;
  children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  /** Which item has the focus at first; none where a pointer has opened it. */
  const [open, setOpen] = useState(opened);
  const close = () => {
    setOpen(null);
    button.current?.focus();
  };
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open !== null,
        ...(open !== null && { id }),
        onClick: ({ detail }) => setOpen(open ? null : detail === 0 ? "first" : "none"),
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setOpen(event.key === "ArrowDown" ? "first" : "last");
        },
      })}
      {open !== null && (
        <CloseMenu value={close}>
          <Menu
            button={button}
            labelledBy={id}
            align={align}
            focus={open}
            onLeave={() => setOpen(null)}
          >
            {children}
          </Menu>
        </CloseMenu>
      )}
    </>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])")];
}

function Menu({
  button,
  labelledBy,
  align,
  focus,
  onLeave,
  children,
}: {
  button: { current: HTMLElement | null };
  labelledBy: string;
  align: "start" | "end";
  focus: "first" | "last" | "none";
  onLeave: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const close = useContext(CloseMenu);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens; what it is given then stays
  useLayoutEffect(() => {
    const menu = box.current;
    const at = button.current;
    if (!menu || !at) return;
    menu.showPopover();
    const items = itemsOf(menu);
    (focus === "none" ? menu : items.at(focus === "first" ? 0 : -1))?.focus({
      preventScroll: true,
    });
    const place = () => putBeside(menu, at, align);
    place();
    const leave = ({ target }: Event) => {
      if (!menu.contains(target as Node) && !at.contains(target as Node)) onLeave();
    };
    window.addEventListener("scroll", place, { capture: true, passive: true });
    window.addEventListener("resize", place);
    document.addEventListener("pointerdown", leave, true);
    return () => {
      window.removeEventListener("scroll", place, { capture: true });
      window.removeEventListener("resize", place);
      document.removeEventListener("pointerdown", leave, true);
    };
  }, []);

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = itemsOf(event.currentTarget);
    const here = items.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: Math.min(here + 1, items.length - 1),
      ArrowUp: here === -1 ? items.length - 1 : Math.max(here - 1, 0),
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[to]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      // On from the button, where the menu belongs.
      close();
    } else if (event.key === " " && document.activeElement instanceof HTMLAnchorElement) {
      event.preventDefault();
      document.activeElement.click();
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
      const before = event.timeStamp - typed.current.at < TYPING_MS ? typed.current.text : "";
      typed.current = { text: before + event.key.toLowerCase(), at: event.timeStamp };
      const { text } = typed.current;
      // One more letter may still be the item it is on; the same letter again is the next item.
      const start = text.length > 1 ? here : here + 1;
      [...items.slice(start), ...items.slice(0, start)]
        .find((item) => item.textContent?.trim().toLowerCase().startsWith(text))
        ?.focus();
    } else return;
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      role="menu"
      popover="manual"
      // Where it is too high for the window, keys scroll it.
      tabIndex={0}
      aria-labelledby={labelledBy}
      aria-orientation="vertical"
      onKeyDown={move}
      onBlur={({ currentTarget, relatedTarget }) => {
        // To another place in the page; not to another window, and not to the button, which closes by itself.
        if (!relatedTarget || currentTarget.contains(relatedTarget)) return;
        if (!button.current?.contains(relatedTarget)) onLeave();
      }}
      className="fixed inset-auto z-20 m-0 max-w-80 outline-none min-w-52 animate-arrive overflow-y-auto rounded border border-line bg-surface p-1 text-start text-base font-normal whitespace-normal text-ink"
    >
      {children}
    </div>
  );
}

/** Below the button, or above it where there is more room; inside the window, and no higher than there is room. */
function putBeside(menu: HTMLElement, button: HTMLElement, align: "start" | "end"): void {
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  menu.style.maxHeight = "";
  const { offsetWidth: width, scrollHeight: height } = menu;
  const below = clientHeight - bottom - GAP - MARGIN;
  const above = top - GAP - MARGIN;
  const isBelow = height <= below || below >= above;
  const room = Math.max(isBelow ? below : above, 0);
  const isAtLeft = (align === "start") === (getComputedStyle(button).direction === "ltr");
  const across = isAtLeft ? left : right - width;
  menu.style.maxHeight = `${room}px`;
  menu.style.left = `${Math.max(MARGIN, Math.min(across, clientWidth - width - MARGIN))}px`;
  menu.style.top = `${isBelow ? bottom + GAP : top - GAP - Math.min(menu.offsetHeight, room)}px`;
}

type Choosing = {
  /** What it does; the menu closes before. */
  onSelect?: () => void;
  disabled?: boolean;
  /** For a menu in which one changes several things. */
  keepOpen?: boolean;
};

type Data = { [name in `data-${string}`]?: string };

/** What an item does, however it is drawn. The focus follows the pointer, so that keys go on from there. */
function useItem({ onSelect, disabled = false, keepOpen = false }: Choosing) {
  const close = useContext(CloseMenu);
  return {
    tabIndex: -1,
    ...(disabled && { "aria-disabled": true as const }),
    onPointerMove: (event: { currentTarget: HTMLElement }) => {
      if (!disabled) event.currentTarget.focus({ preventScroll: true });
    },
    onClick: () => {
      if (disabled) return;
      if (!keepOpen) close();
      onSelect?.();
    },
  };
}

function Item({
  children,
  ...choosing
}: Choosing & Pick<ComponentProps<"button">, "role" | "aria-checked" | "children"> & Data) {
  const { onSelect, disabled, keepOpen, ...shown } = choosing;
  const item = useItem({
    ...(onSelect && { onSelect }),
    ...(disabled !== undefined && { disabled }),
    ...(keepOpen !== undefined && { keepOpen }),
  });
  return (
    <button type="button" {...shown} {...item} className={itemStyle}>
      {children}
    </button>
  );
}

export function MenuItem({
  disabled = false,
  children,
  ...choosing
}: Data & {
  /** Without it whoever listens to clicks on what its `data-` says. */
  onSelect?: () => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Item role="menuitem" disabled={disabled} {...choosing}>
      {children}
    </Item>
  );
}

/** An item that is a link, which it is given. */
export function MenuLink({ children }: { children: ReactElement<ComponentProps<"a">> }) {
  return cloneElement(children, { role: "menuitem", className: itemStyle, ...useItem({}) });
}

const labelStyle = "px-3 pt-2 pb-1 text-sm text-soft";

function Group({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a menu's children
    <div role="group" aria-labelledby={id}>
      <div id={id} className={labelStyle}>
        {label}
      </div>
      {children}
    </div>
  );
}

/** Some items of which one holds; `onChange` is called for another than that. */
export function MenuChoice({
  label,
  value,
  options,
  keepOpen = false,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  /** For a menu in which one changes several things. */
  keepOpen?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Group label={label}>
      {options.map((option) => (
        <Item
          key={option.value}
          role="menuitemradio"
          aria-checked={option.value === value}
          keepOpen={keepOpen}
          onSelect={() => {
            if (option.value !== value) onChange(option.value);
          }}
        >
          <Tick shown={option.value === value} />
          <span className="min-w-0 wrap-anywhere">{option.label}</span>
        </Item>
      ))}
    </Group>
  );
}

/** Some items of which any may hold; the menu stays open. */
export function MenuChecks<Value extends string>({
  label,
  values,
  options,
  onChange,
}: {
  label: string;
  values: readonly Value[];
  options: readonly { value: Value; label: string }[];
  onChange: (values: Value[]) => void;
}) {
  return (
    <Group label={label}>
      {options.map(({ value, label }) => {
        const holds = values.includes(value);
        const others = values.filter((one) => one !== value);
        return (
          <Item
            key={value}
            role="menuitemcheckbox"
            aria-checked={holds}
            keepOpen
            onSelect={() => onChange(holds ? others : [...others, value])}
          >
            <Tick shown={holds} />
            {label}
          </Item>
        );
      })}
    </Group>
  );
}

function Tick({ shown }: { shown: boolean }) {
  return (
    <span className="size-4 shrink-0">
      {shown && <Check className="size-4" aria-hidden="true" />}
    </span>
  );
}

export function MenuSeparator() {
  return <hr className="my-1 h-px border-0 bg-line" />;
}
