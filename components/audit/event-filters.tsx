"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef, useState, useTransition } from "react";
import { Search } from "@/components/ui/icons/search";
import { SlidersHorizontal } from "@/components/ui/icons/sliders-horizontal";
import { X } from "@/components/ui/icons/x";
import { Link } from "@/components/ui/link";
import { ASKED_ACTIONS, type AskedAction, DOORS } from "@/lib/audit/schema";
import { Button } from "../ui/button";
import { Input, inputStyle } from "../ui/input";
import { Spinner } from "../ui/spinner";
import { useZone } from "../use-zone";
import { type AskedFilter, auditAddress } from "./audit-address";
import { groupOf, messageKey } from "./describe-event";

type Field = HTMLInputElement | HTMLSelectElement;

/** What a field shows of a filter; of an instant, which only an address written by hand has, its day. */
function shown(filter: AskedFilter, name: string): string {
  const value = filter[name as keyof AskedFilter] ?? "";
  return name === "from" || name === "to" ? value.slice(0, 10) : value;
}

/** "2026-11-21" in a zone, some days ago on the calendar. */
function day(now: Date, zone: string, ago: number): string {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now);
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ago);
  return date.toISOString().slice(0, 10);
}

/**
 * The filters of the trail, all of them in the address. A form that works by itself; with JavaScript a choice
 * counts at once, and the days of a period are those of the reader's own calendar.
 */
export function EventFilters({
  filter,
  labels,
  now,
}: {
  filter: AskedFilter;
  /** What to call the actor and the target that are filtered by. */
  labels: { actor: string | null; target: string | null };
  now: Date;
}) {
  const t = useTranslations("auditFilters");
  const router = useRouter();
  const zone = useZone();
  const [searching, start] = useTransition();
  const [open, setOpen] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const panel = useId();

  // Back and the links below change the address, and the fields follow; but who is typing is ahead of it.
  const typing = useRef(false);
  useEffect(() => {
    for (const field of form.current?.querySelectorAll<Field>("input:not([type=hidden]), select") ??
      []) {
      if (field !== document.activeElement || !typing.current)
        field.value = shown(filter, field.name);
    }
  }, [filter]);

  const go = () => {
    typing.current = false;
    const fields = new FormData(form.current ?? undefined);
    const asked = Object.fromEntries(
      [...fields].map(([name, value]) => [name, String(value).trim()]),
    );
    start(() => router.push(auditAddress(asked), { scroll: false }));
  };
  const chips = [
    ...(filter.actorId
      ? [{ name: "actorId", text: t("byChip", { label: labels.actor ?? filter.actorId }) }]
      : []),
    ...(filter.targetId
      ? [{ name: "targetId", text: t("toChip", { label: labels.target ?? filter.targetId }) }]
      : []),
  ];
  const { search, action, door, from, to } = filter;
  const hidden = [action, door, from || to].filter(Boolean).length;
  const some = hidden > 0 || chips.length > 0 || Boolean(search);
  const periods = [
    { text: t("always"), from: "", to: "" },
    ...[1, 7, 30].map((count) => ({
      text: count === 1 ? t("today") : t("days", { count }),
      from: day(now, zone, count - 1),
      to: "",
    })),
  ];
  return (
    <search>
      <form
        ref={form}
        action="/audit"
        aria-busy={searching}
        onInput={() => {
          typing.current = true;
        }}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {chips.map(({ name }) => (
          <input key={name} type="hidden" name={name} value={filter[name as "actorId"]} />
        ))}
        <input type="hidden" name="zone" value={zone} />
        <div className="flex gap-2">
          <div className="relative min-w-0 flex-1">
            <span className="absolute inset-y-0 start-3 grid place-items-center text-soft">
              {searching ? <Spinner /> : <Search className="size-4" aria-hidden="true" />}
            </span>
            <Input
              type="search"
              name="search"
              aria-label={t("search")}
              placeholder={t("search")}
              defaultValue={search ?? ""}
              maxLength={200}
              autoComplete="off"
              className="ps-9 text-ellipsis"
            />
          </div>
          <Button type="submit" className="max-md:hidden">
            {t("submit")}
          </Button>
          <Button
            aria-expanded={open}
            aria-controls={panel}
            onClick={() => setOpen(!open)}
            className="px-3 md:hidden noscript:hidden"
          >
            <SlidersHorizontal className="size-4" aria-hidden="true" />
            <span className="max-[26rem]:sr-only">
              {hidden > 0 ? t("showCount", { count: hidden }) : t("show")}
            </span>
          </Button>
        </div>
        <div
          id={panel}
          className={`mt-3 flex flex-wrap items-end gap-3 noscript:flex ${open ? "" : "max-md:hidden"}`}
        >
          <Choice
            label={t("action")}
            name="action"
            value={action}
            any={t("anyAction")}
            onChoose={go}
          >
            <ActionOptions />
          </Choice>
          <Choice label={t("door")} name="door" value={door} any={t("anyDoor")} onChoose={go}>
            <DoorOptions chosen={door} />
          </Choice>
          <Day label={t("from")} name="from" value={from} max={to} onChoose={go} />
          <Day label={t("to")} name="to" value={to} min={from} onChoose={go} />
          <nav aria-label={t("period")} className="flex flex-wrap rounded border border-line p-0.5">
            {periods.map((period) => (
              <Link
                key={period.text}
                href={auditAddress({ ...filter, from: period.from, to: period.to, zone })}
                scroll={false}
                aria-current={
                  (from ?? "") === period.from && (to ?? "") === period.to ? "true" : undefined
                }
                className="grid h-10 place-items-center rounded px-3 text-sm text-soft hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:inset-ring aria-[current]:inset-ring-line"
              >
                {period.text}
              </Link>
            ))}
          </nav>
        </div>
      </form>
      {some && (
        <ul className="mt-3 flex flex-wrap items-center gap-2">
          {chips.map(({ name, text }) => (
            <li key={name}>
              <Link
                href={auditAddress({ ...filter, [name]: "" })}
                scroll={false}
                aria-label={t("remove", { filter: text })}
                className="flex min-h-8 items-center gap-2 rounded border border-edge bg-surface px-2.5 py-1 text-sm wrap-anywhere hover:bg-sunken"
              >
                {text}
                <X className="size-3.5 shrink-0" aria-hidden="true" />
              </Link>
            </li>
          ))}
          <li>
            <Link
              href="/audit"
              scroll={false}
              className="rounded text-sm font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
            >
              {t("clear")}
            </Link>
          </li>
          {(from || to) && (
            <li className="text-sm text-soft">{t("zone", { zone: filter.zone ?? "UTC" })}</li>
          )}
        </ul>
      )}
    </search>
  );
}

const LABEL = "mb-1 block text-sm text-soft";

function Choice({
  label,
  name,
  value,
  any,
  onChoose,
  children,
}: {
  label: string;
  name: string;
  value: string | undefined;
  /** The choice that filters nothing. */
  any: string;
  onChoose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="min-w-40 flex-1 max-md:basis-full">
      <label htmlFor={id} className={LABEL}>
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={value ?? ""}
        className={inputStyle}
        onChange={onChoose}
      >
        <option value="">{any}</option>
        {children}
      </select>
    </div>
  );
}

function Day({
  label,
  name,
  value,
  onChoose,
  ...bounds
}: {
  label: string;
  name: string;
  value: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChoose: () => void;
}) {
  const id = useId();
  return (
    <div className="flex-1 basis-36 md:max-w-44">
      <label htmlFor={id} className={LABEL}>
        {label}
      </label>
      <Input
        id={id}
        type="date"
        name={name}
        defaultValue={value?.slice(0, 10) ?? ""}
        min={bounds.min?.slice(0, 10)}
        max={bounds.max?.slice(0, 10)}
        onChange={({ target }) => {
          // A year that is being typed is a date already: 2 is the year 2.
          if (target.value === "" || target.value >= "1970") onChoose();
        }}
      />
    </div>
  );
}

function ActionOptions() {
  const t = useTranslations("auditFilters");
  const groups = new Map<ReturnType<typeof groupOf>, AskedAction[]>();
  for (const action of ASKED_ACTIONS) {
    const group = groupOf(action);
    groups.set(group, [...(groups.get(group) ?? []), action]);
  }
  return [...groups].map(([group, actions]) => (
    <optgroup key={group} label={t(`groups.${group}`)}>
      {actions.map((action) => (
        <option key={action} value={action}>
          {t(`actions.${messageKey(action)}`)}
        </option>
      ))}
    </optgroup>
  ));
}

function DoorOptions({ chosen }: { chosen: string | undefined }) {
  const t = useTranslations("auditFilters.doors");
  const doors: string[] = DOORS.map(({ name }) => name);
  if (chosen && !doors.includes(chosen)) doors.push(chosen);
  return doors.map((door) => {
    const name = messageKey(door) as Parameters<typeof t>[0];
    return (
      <option key={door} value={door}>
        {t.has(name) ? t(name) : door}
      </option>
    );
  });
}
