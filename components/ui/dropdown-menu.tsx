"use client";

import { DropdownMenu as Menu } from "radix-ui";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Check } from "@/components/ui/icons";

const itemStyle =
  "flex min-h-9 cursor-default items-center gap-2 rounded px-3 py-1.5 text-sm outline-none select-none data-highlighted:bg-sunken data-disabled:text-soft";

/** A menu behind a button. Not modal: Radix would lock scrolling with a style element that our CSP refuses. */
export function DropdownMenu({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  // Into the page's main landmark: what lies outside of all of them is lost to those who jump between them. Looked
  // up when it opens, since the page before this one had another.
  const [main, setMain] = useState<Element | null>(null);
  return (
    <Menu.Root
      modal={false}
      onOpenChange={(open) => {
        if (open) setMain(document.querySelector("main"));
      }}
    >
      <Menu.Trigger asChild>{trigger}</Menu.Trigger>
      <Menu.Portal container={main}>
        <Menu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 min-w-52 animate-arrive overflow-y-auto rounded border border-line bg-surface p-1 text-ink"
        >
          {children}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

export function MenuItem(props: Omit<ComponentProps<typeof Menu.Item>, "className">) {
  return <Menu.Item className={itemStyle} {...props} />;
}

const labelStyle = "px-3 pt-2 pb-1 text-sm text-soft";
const stay = (event: Event) => event.preventDefault();

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
    <Menu.RadioGroup
      value={value}
      onValueChange={(chosen) => {
        if (chosen !== value) onChange(chosen);
      }}
    >
      <Menu.Label className={labelStyle}>{label}</Menu.Label>
      {options.map((option) => (
        <Menu.RadioItem
          key={option.value}
          value={option.value}
          className={itemStyle}
          {...(keepOpen && { onSelect: stay })}
        >
          <Tick />
          <span className="min-w-0 wrap-anywhere">{option.label}</span>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
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
    <Menu.Group>
      <Menu.Label className={labelStyle}>{label}</Menu.Label>
      {options.map(({ value, label }) => (
        <Menu.CheckboxItem
          key={value}
          checked={values.includes(value)}
          className={itemStyle}
          onSelect={stay}
          onCheckedChange={(checked) => {
            const others = values.filter((one) => one !== value);
            onChange(checked ? [...others, value] : others);
          }}
        >
          <Tick />
          {label}
        </Menu.CheckboxItem>
      ))}
    </Menu.Group>
  );
}

function Tick() {
  return (
    <span className="size-4 shrink-0">
      <Menu.ItemIndicator>
        <Check className="size-4" aria-hidden="true" />
      </Menu.ItemIndicator>
    </span>
  );
}

export function MenuSeparator() {
  return <Menu.Separator className="my-1 h-px bg-line" />;
}
