import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { isAlone, lettersAreKeys } from "@/components/letter-keys";
import { X } from "@/components/ui/icons/x";
import { Entries } from "./entries";
import { Keys } from "./keys";
import {
  type PaletteActions,
  type PaletteEntry,
  type PaletteView,
  type ReadPalette,
  SEARCH,
} from "./palette-data";
import { recentPeople, rememberEntry } from "./recent";

type PaletteProps = {
  label: string;
  view: PaletteView;
  actions: PaletteActions;
  onClose: () => void;
};

/** Whether a letter that was pressed is meant as a key. */
export const isKey = (event: KeyboardEvent): boolean => isAlone(event) && lettersAreKeys();

/**
 * Finds people, pages, actions and settings, and shows the keys: the browser's modal dialog, which keeps the focus
 * inside, closes on Escape and gives the focus back. What it offers is asked of the server each time it opens, so that
 * nobody is offered what they may not do any more.
 */
export function Palette({ label, view: first, actions, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const router = useRouter();
  const [view, setView] = useState(first);
  const [read, setRead] = useState<ReadPalette>({ kind: "reading" });
  const [, start] = useTransition();

  const load = () => {
    setRead({ kind: "reading" });
    start(async () => {
      const answer = await actions.read(recentPeople()).catch(() => ({ kind: "failed" }));
      if (answer.kind === "signedOut") router.refresh(); // the page leads to where one signs in
      setRead("words" in answer ? answer : { kind: "failed" });
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    dialog.current?.showModal();
    load();
  }, []);

  const close = () => dialog.current?.close();
  const choose = ({ id, does }: PaletteEntry, elsewhere: boolean) => {
    if (read.kind === "read" && !id.startsWith(SEARCH)) rememberEntry(read.person, id);
    if (does.kind === "keys") return setView("keys");
    if ("href" in does && elsewhere) return void open(does.href);
    close();
    if (does.kind === "page") router.push(does.href);
    else if (does.kind === "document") location.assign(does.href);
    else if (does.kind === "signOut") start(actions.signOut);
    else {
      const form = new FormData();
      form.set(does.kind, does.value);
      start(() => (does.kind === "theme" ? actions.chooseTheme(form) : actions.chooseLocale(form)));
    }
  };

  const words = read.kind === "read" ? read.words : null;
  return (
    <dialog
      ref={dialog}
      aria-label={view === "keys" && words ? words.keys.title : label}
      onClose={onClose}
      {...{ closedby: "any" }}
      className="mx-auto mt-[max(1rem,10dvh)] mb-auto max-h-[min(36rem,80dvh)] w-[calc(100vw-2rem)] max-w-xl animate-arrive flex-col overflow-hidden rounded border border-line bg-surface text-ink open:flex"
    >
      {view === "keys" && words ? (
        <Keys words={words} onBack={() => setView("find")} onClose={close} />
      ) : (
        <Entries label={label} read={read} onChoose={choose} onRetry={load}>
          {words && (
            <button
              type="button"
              aria-label={words.close}
              className="grid size-9 shrink-0 place-items-center rounded text-soft hover:bg-sunken hover:text-ink"
              onClick={close}
            >
              <X className="size-4" aria-hidden="true" />
            </button>
          )}
        </Entries>
      )}
    </dialog>
  );
}
