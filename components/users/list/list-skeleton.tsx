import { useTranslations } from "next-intl";

const ROWS = ["w-40", "w-56", "w-32", "w-48", "w-44", "w-36", "w-52", "w-40"];
const BAR = "block rounded bg-line";

/** The list without its words, in the same places. */
export function ListSkeleton() {
  const t = useTranslations();
  return (
    <div>
      <h1 className="text-2xl font-semibold">{t("users.title")}</h1>
      <p role="status" className="sr-only">
        {t("usersList.loading")}
      </p>
      <div className="motion-safe:animate-pulse" aria-hidden="true">
        <span className={`${BAR} mt-2 h-4 w-24`} />
        <div className="mt-8 flex gap-2">
          <span className={`${BAR} h-9 w-36`} />
          <span className={`${BAR} h-9 w-72 max-sm:flex-1`} />
          <span className={`${BAR} h-9 w-28 max-md:hidden`} />
          <span className={`${BAR} h-9 w-28 max-md:hidden`} />
        </div>
        <div className="mt-14 max-md:mt-8">
          {ROWS.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never move
            <div key={index} className="flex items-center gap-3 border-t border-line py-4">
              <span className={`${BAR} size-8 shrink-0`} />
              <span className="min-w-0 flex-1">
                <span className={`${BAR} h-4 max-w-full ${width}`} />
              </span>
              <span className={`${BAR} h-6 w-24 max-md:hidden`} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
