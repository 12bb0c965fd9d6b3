import { useTranslations } from "next-intl";
import { textLinkStyle } from "./ui/text-link-style";

const ENTRIES = ["w-32", "w-44", "w-36", "w-40", "w-28", "w-44", "w-36", "w-40"];
const LINES = ["w-full", "w-11/12", "w-4/5"];
const BAR = "block max-w-full rounded bg-line";

/**
 * The API reference without its words, in the same places; where no script draws it, the way to its document.
 *
 * @param spec address of the OpenAPI document
 */
export function ApiSkeleton({ spec }: { spec: string }) {
  const t = useTranslations("apiReference");
  return (
    <>
      <p className="hidden px-4 py-10 noscript:block sm:px-6">
        {t.rich("needsScript", {
          document: (chunks) => (
            <a href={spec} className={textLinkStyle}>
              {chunks}
            </a>
          ),
        })}
      </p>
      <div className="noscript:hidden">
        <p role="status" className="sr-only">
          {t("loading")}
        </p>
        <div
          className="lg:grid lg:grid-cols-[18rem_minmax(0,1fr)] motion-safe:animate-pulse"
          aria-hidden="true"
        >
          <div className="space-y-5 border-e border-line p-6 max-lg:hidden">
            {ENTRIES.map((width, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they never move
              <span key={index} className={`${BAR} h-4 ${width}`} />
            ))}
          </div>
          <div className="max-w-3xl space-y-10 px-4 py-12 sm:px-12">
            <span className={`${BAR} h-8 w-64`} />
            {ENTRIES.slice(0, 3).map((_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they never move
              <span key={index} className="block space-y-3">
                {LINES.map((width) => (
                  <span key={width} className={`${BAR} h-4 ${width}`} />
                ))}
              </span>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
