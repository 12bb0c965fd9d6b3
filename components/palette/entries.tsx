import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useFailureWords } from "@/components/failure-words";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { ArrowRight } from "@/components/ui/icons/arrow-right";
import { Cog } from "@/components/ui/icons/cog";
import { Plus } from "@/components/ui/icons/plus";
import { Search } from "@/components/ui/icons/search";
import { UserRound } from "@/components/ui/icons/user-round";
import { Spinner } from "@/components/ui/spinner";
import { findEntries } from "./find-entries";
import { type PaletteData, type PaletteEntry, type ReadPalette, SEARCH } from "./palette-data";
import { recentEntries } from "./recent";
import { usePeople } from "./use-people";

type Shown = { group: keyof PaletteData["words"]["group"]; entries: readonly PaletteEntry[] };

const ICONS = { people: UserRound, pages: ArrowRight, actions: Plus, settings: Cog };

/** The order in which they stand while nothing is looked for. */
const GROUPS = ["actions", "pages", "settings"] as const;

/**
 * A field whose list goes along with what is typed: the combobox of the ARIA guide (APG, "Combobox with Listbox
 * Popup"). The focus stays in the field; arrows move in the list, Enter chooses.
 */
export function Entries({
  label,
  read,
  onChoose,
  onRetry,
  children,
}: {
  label: string;
  read: ReadPalette;
  /** @param elsewhere beside the page one is on */
  onChoose: (entry: PaletteEntry, elsewhere: boolean) => void;
  onRetry: () => void;
  children: ReactNode;
}) {
  const [typed, setTyped] = useState("");
  /** The id of the entry that was moved to; until then it is the first one. */
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const data = read.kind === "read" ? read : null;
  const people = usePeople(typed, data?.may.searchUsers ?? false);
  const failure = useFailureWords();

  const groups = data
    ? shown(data, typed, people.found.kind === "found" ? people.found.people : [])
    : [];
  const flat = groups.flatMap(({ entries }) => entries);
  const moved = flat.findIndex((entry) => entry.id === movedTo);
  const active = flat.length === 0 ? -1 : Math.max(moved, 0);
  const optionId = (index: number) => `${id}-${index}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is active
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, typed]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = flat[active];
    if (by !== undefined && flat.length > 0) {
      event.preventDefault();
      setMovedTo(flat[(active + by + flat.length) % flat.length]?.id ?? null);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      onChoose(chosen, event.ctrlKey || event.metaKey);
    }
  };

  let index = 0;
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line py-2 pe-2 ps-4">
        <span className="text-soft">
          {people.found.kind === "searching" ? <Spinner /> : <Search className="size-4" />}
        </span>
        <input
          type="text"
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={flat.length > 0}
          aria-controls={`${id}-list`}
          {...(active !== -1 && { "aria-activedescendant": optionId(active) })}
          placeholder={label}
          value={typed}
          maxLength={200}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          className="h-10 min-w-0 flex-1 bg-transparent text-base text-ellipsis outline-none placeholder:text-soft"
          onChange={({ target }) => {
            setTyped(target.value);
            setMovedTo(null);
          }}
          onKeyDown={press}
        />
        {children}
      </div>
      <p role="status" className="sr-only">
        {data && statusOf(data, people.found, flat.length)}
      </p>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className="min-h-0 overflow-y-auto p-2 empty:hidden"
      >
        {groups.map(({ group, entries }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a listbox's children
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div id={`${id}-${group}`} className="px-3 pt-3 pb-1 text-sm text-soft">
              {data?.words.group[group]}
            </div>
            {entries.map((entry) => {
              const here = index++;
              return (
                <Option
                  key={entry.id}
                  id={optionId(here)}
                  entry={entry}
                  active={here === active}
                  onPoint={() => setMovedTo(entry.id)}
                  onChoose={(elsewhere) => onChoose(entry, elsewhere)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {read.kind === "reading" && (
        <p className="grid h-24 place-items-center text-soft">
          <Spinner />
        </p>
      )}
      {read.kind === "failed" && (
        <Failed text={failure.title} retry={failure.retry} onRetry={onRetry} />
      )}
      {data && people.found.kind === "failed" && (
        <Failed text={data.words.failed} retry={failure.retry} onRetry={people.again} />
      )}
      {data && flat.length === 0 && people.found.kind !== "searching" && (
        <div className="px-5 py-8 text-center">
          <p className="font-medium wrap-anywhere">{data.words.nothing}</p>
          <p className="mt-1 text-sm text-soft">{data.words.nothingWhy}</p>
        </div>
      )}
      {data && (
        <p className="border-t border-line px-5 py-2 text-sm text-soft max-sm:hidden">
          {data.words.hint}
        </p>
      )}
    </>
  );
}

function Option({
  id,
  entry,
  active,
  onPoint,
  onChoose,
}: {
  id: string;
  entry: PaletteEntry;
  active: boolean;
  onPoint: () => void;
  onChoose: (elsewhere: boolean) => void;
}) {
  const { group, person, label, beside } = entry;
  const Icon = ICONS[group];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which has the focus
    // biome-ignore lint/a11y/useFocusableInteractive: likewise
    <div
      id={id}
      role="option"
      aria-selected={active}
      className="flex min-h-10 cursor-default items-center gap-3 rounded px-3 py-1.5 text-base select-none aria-selected:bg-sunken"
      onPointerMove={() => {
        if (!active) onPoint();
      }}
      onClick={({ ctrlKey, metaKey }) => onChoose(ctrlKey || metaKey)}
    >
      {person ? (
        <Avatar id={person} name={label} />
      ) : (
        <Icon className="size-4 shrink-0 text-soft" aria-hidden="true" />
      )}
      <span className="min-w-0 flex-1 wrap-anywhere">
        <bdi>{label}</bdi>
        {beside && (
          <span className="block truncate text-sm text-soft">
            <bdi>{beside}</bdi>
          </span>
        )}
      </span>
    </div>
  );
}

function Failed({ text, retry, onRetry }: { text: string; retry: string; onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 px-5 py-4">
      <p className="min-w-0 flex-1">{text}</p>
      <Button size="sm" onClick={onRetry}>
        {retry}
      </Button>
    </div>
  );
}

/** What stands in the list: what was chosen lately and all there is; or what fits what was typed. */
function shown(
  { person, words, entries, people, may }: PaletteData,
  typed: string,
  found: readonly PaletteEntry[],
): Shown[] {
  const query = typed.trim();
  if (query === "") {
    const lately = recentEntries(person).flatMap(
      (id) => [...people, ...entries].find((entry) => entry.id === id) ?? [],
    );
    const others = entries.filter((entry) => !lately.includes(entry));
    const all: Shown[] = [
      { group: "recent", entries: lately },
      ...GROUPS.map((group) => ({
        group,
        entries: others.filter((entry) => entry.group === group),
      })),
    ];
    return all.filter(({ entries }) => entries.length > 0);
  }
  const fitting = findEntries(entries, query);
  // The group of what fits best comes first.
  const order = [...new Set(fitting.map(({ group }) => group))];
  const elsewhere = [
    { offered: may.searchUsers, text: words.inUsers, page: "/users" },
    { offered: may.searchAudit, text: words.inAudit, page: "/audit" },
  ];
  const all: Shown[] = [
    ...order.map((group) => ({ group, entries: fitting.filter((one) => one.group === group) })),
    { group: "people", entries: found },
    {
      group: "search",
      entries: elsewhere
        .filter(({ offered }) => offered)
        .map(({ text, page }) => ({
          id: SEARCH + page,
          group: "pages",
          label: text.replace("{query}", () => query),
          does: { kind: "page", href: `${page}?search=${encodeURIComponent(query)}` },
        })),
    },
  ];
  return all.filter(({ entries }) => entries.length > 0);
}

function statusOf(
  { words }: PaletteData,
  found: ReturnType<typeof usePeople>["found"],
  options: number,
): string {
  if (found.kind === "searching") return words.searching;
  if (found.kind === "found") return words.found[found.people.length] ?? "";
  return options === 0 ? words.nothing : "";
}
