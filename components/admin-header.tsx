import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import { Link } from "@/components/ui/link";
import type { MessageKey } from "@/lib/platform/messages";
import type { PaletteActions } from "./palette/palette-data";
import { PaletteOpener } from "./palette/palette-opener";
import { SectionLink } from "./section-link";
import { Avatar } from "./ui/avatar";
import { Button } from "./ui/button";
import { buttonStyle } from "./ui/button-style";
import { Search } from "./ui/icons/search";

/** Where one is and who one is. The account menu is the browser's own popover: no script needed, Escape closes it. */
export function AdminHeader({
  plate,
  person,
  sections,
  signOut,
  preferences,
  palette,
}: {
  /** The name plate of the installation. */
  plate: ReactNode;
  person: { id: string; name: string; email: string };
  /** Those that the person may see. */
  sections: readonly { path: string; label: MessageKey; inMenu?: true }[];
  signOut: () => Promise<void>;
  preferences: ReactNode;
  /** Null for who may go nowhere yet. */
  palette: { actions: PaletteActions; people: boolean; shortcut: string } | null;
}) {
  const t = useTranslations();
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-canvas">
      <a
        href="#content"
        className="sr-only z-20 rounded border border-edge bg-surface px-4 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:start-4"
      >
        {t("admin.skip")}
      </a>
      <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center gap-x-3 px-4 sm:gap-x-6 sm:px-6">
        <Link
          href="/"
          className="flex items-center gap-2.5 rounded font-semibold max-sm:h-12 max-sm:me-auto"
        >
          {plate}
        </Link>
        {/* On a phone the sections have a line of their own. */}
        <nav
          aria-label={t("admin.sections")}
          className="flex h-14 min-w-0 flex-1 items-stretch gap-4 overflow-x-auto [scrollbar-width:none] max-sm:order-last max-sm:h-10 max-sm:basis-full"
        >
          {sections.map(({ path, label, inMenu }) =>
            inMenu ? (
              <div key={path} className="contents max-[24rem]:hidden">
                <SectionLink href={path}>{t(label)}</SectionLink>
              </div>
            ) : (
              <SectionLink key={path} href={path}>
                {t(label)}
              </SectionLink>
            ),
          )}
        </nav>
        {palette && (
          <>
            <button
              type="button"
              aria-haspopup="dialog"
              aria-keyshortcuts="Control+K Meta+K"
              data-palette="find"
              className="palette-button"
            >
              <Search className="size-4" />
              <span className="max-md:sr-only">{t("palette.open")}</span>
              {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus */}
              <kbd aria-hidden="true">{palette.shortcut}</kbd>
            </button>
            <PaletteOpener
              label={t(palette.people ? "palette.label" : "palette.labelAlone")}
              actions={palette.actions}
            />
          </>
        )}
        <button
          type="button"
          popoverTarget="account"
          aria-label={t("account.menu", { name: person.name })}
          className="flex min-w-0 items-center gap-2 rounded p-1 hover:bg-sunken"
        >
          <Avatar id={person.id} name={person.name} />
          <span className="max-w-40 truncate max-sm:hidden">{person.name}</span>
          <ChevronDown className="size-4 shrink-0 text-soft" aria-hidden="true" />
        </button>
        <div
          id="account"
          popover="auto"
          className="fixed inset-auto top-16 end-4 m-0 sm:end-6 w-72 animate-arrive rounded border border-line bg-surface text-ink xl:end-[calc((100vw-72rem)/2+1.5rem)]"
        >
          <div className="border-b border-line p-4">
            <p className="truncate font-medium">{person.name}</p>
            <p className="truncate text-sm text-soft">{person.email}</p>
          </div>
          <div className="border-b border-line p-4">{preferences}</div>
          <div className="p-2">
            {sections
              .filter(({ inMenu }) => inMenu)
              .map(({ path, label }) => (
                <Link
                  key={path}
                  href={path}
                  className={buttonStyle({
                    look: "quiet",
                    size: "sm",
                    className: "w-full justify-start min-[24rem]:hidden",
                  })}
                >
                  {t(label)}
                </Link>
              ))}
            <Link
              href="/account"
              className={buttonStyle({
                look: "quiet",
                size: "sm",
                className: "w-full justify-start",
              })}
            >
              {t("account.open")}
            </Link>
            {/* Not a Link: the page has a policy of its own, so it has to be a new document. */}
            <a
              href="/docs/api"
              className={buttonStyle({
                look: "quiet",
                size: "sm",
                className: "w-full justify-start",
              })}
            >
              {t("admin.api")}
            </a>
            <form action={signOut}>
              <Button type="submit" look="quiet" size="sm" className="w-full justify-start">
                {t("account.signOut")}
              </Button>
            </form>
          </div>
        </div>
      </div>
    </header>
  );
}
