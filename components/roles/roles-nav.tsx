import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";

const VIEWS = [
  { view: "title", href: "/roles" },
  { view: "who", href: "/roles/who" },
  { view: "test", href: "/roles/test" },
] as const;

/** The three ways to look at roles: what there is, who may do something, and what one role allows. */
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
