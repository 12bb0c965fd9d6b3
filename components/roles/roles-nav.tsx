import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";

const VIEWS = [
  { view: "title", href: "/roles" },
  { view: "sideBySide", href: "/roles/side_by_side" },
  { view: "who", href: "/roles/who" },
  { view: "test", href: "/roles/test" },
] as const;

/** The ways to look at roles: what there is, what each allows, who may do something, and whether one role does. */
export function RolesNav({ current }: { current: (typeof VIEWS)[number]["view"] }) {
  const t = useTranslations("rolesPage");
  return (
    <nav aria-label={t("views")} className="mt-6 flex flex-wrap gap-x-5 border-b border-line">
      {VIEWS.map(({ view, href }) => (
        <Link
          key={view}
          href={href}
          aria-current={view === current ? "page" : undefined}
          className="-mb-px border-b-2 border-transparent py-2 text-soft hover:text-ink aria-[current]:border-ink aria-[current]:text-ink"
        >
          {t(view)}
        </Link>
      ))}
    </nav>
  );
}
