"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Menu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

const itemStyle =
  "flex min-h-9 cursor-default items-center gap-2 rounded px-3 py-1.5 text-sm outline-none select-none data-highlighted:bg-sunken data-disabled:text-soft";

/** A menu behind a button. Not modal: Radix would lock scrolling with a style element that our CSP refuses. */
export function DropdownMenu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>{trigger}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 min-w-52 animate-arrive rounded border border-line bg-surface p-1 text-ink"
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

/** Some items of which one holds; `onChange` is called for another than that. */
export function MenuChoice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <Menu.RadioGroup
      value={value}
      onValueChange={(chosen) => {
        if (chosen !== value) onChange(chosen);
      }}
    >
      <Menu.Label className="px-3 pt-2 pb-1 text-sm text-soft">{label}</Menu.Label>
      {options.map((option) => (
        <Menu.RadioItem key={option.value} value={option.value} className={itemStyle}>
          <span className="size-4">
            <Menu.ItemIndicator>
              <Check className="size-4" aria-hidden="true" />
            </Menu.ItemIndicator>
          </span>
          {option.label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Menu.Separator className="my-1 h-px bg-line" />;
}
