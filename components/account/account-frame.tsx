import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "../ui/link";

/** The sections of one's own account, by their addresses. */
const SECTIONS = {
  profile: "/account",
  security: "/account/security",
  sessions: "/account/sessions",
  tokens: "/account/tokens",
  activity: "/account/activity",
} as const;

/** What is around each section of one's own account: whose it is, and the way to the others. */
export function AccountFrame({
  email,
  current,
  children,
}: {
  email: string;
  current: keyof typeof SECTIONS;
  children: ReactNode;
}) {
  const t = useTranslations("accountPage");
  return (
    <>
      <h1 className="text-2xl font-semibold wrap-anywhere">{t("title")}</h1>
      <p className="mt-1 text-soft wrap-anywhere">{email}</p>
      <div className="mt-6 grid gap-x-16 gap-y-10 lg:mt-10 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <nav aria-label={t("sections")} className="lg:sticky lg:top-20 lg:self-start">
          <ul className="flex flex-wrap gap-x-5 border-b border-line text-sm lg:flex-col lg:border-0">
            {Object.entries(SECTIONS).map(([name, href]) => (
              <li key={name}>
                <Link
                  href={href}
                  aria-current={name === current ? "page" : undefined}
                  className="-mb-px block border-b-2 border-transparent py-2 text-soft hover:text-ink aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink lg:mb-0 lg:border-s-2 lg:border-b-0 lg:py-1.5 lg:ps-3"
                >
                  {t(`section_${name as keyof typeof SECTIONS}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="max-w-3xl min-w-0 space-y-14">{children}</div>
      </div>
    </>
  );
}
