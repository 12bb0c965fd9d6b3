import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { CloseButton } from "@/components/ui/close-button";
import { Link } from "@/components/ui/link";
import { Spinner } from "@/components/ui/spinner";

/** Draws what there is to know of a user; any other kind where it cannot be shown now. */
export type PeekUser = (
  id: string,
) => Promise<{ kind: "shown"; shown: ReactNode } | { kind: Exclude<string, "shown"> }>;

/** A user beside the list, where the window is wide enough for both. */
export function PeekPanel({
  user,
  href,
  peek,
  onClose,
}: {
  user: { id: string; name: string };
  /** The whole page. */
  href: string;
  peek: PeekUser;
  onClose: () => void;
}) {
  const t = useTranslations("usersList");
  const { id } = user;
  const [seen, setSeen] = useState<{ id: string; shown: ReactNode }>();
  useEffect(() => {
    let stale = false;
    peek(id)
      .catch(() => null)
      .then((answer) => {
        const shown = answer && "shown" in answer ? answer.shown : t("peekFailed");
        if (!stale) setSeen({ id, shown });
      });
    return () => {
      stale = true;
    };
  }, [id, peek, t]);
  return (
    <aside
      aria-label={t("peekOf", { name: user.name })}
      className="sticky top-20 mt-4 max-h-[calc(100dvh-6rem)] animate-arrive overflow-y-auto rounded border border-line bg-surface p-5 max-xl:hidden"
    >
      <div className="mb-4 flex items-center justify-between">
        <Link href={href} className={buttonStyle({ size: "sm" })}>
          {t("peekOpen")}
        </Link>
        <CloseButton label={t("close")} onClick={onClose} />
      </div>
      <div role="status" aria-busy={seen?.id !== id} className="aria-busy:opacity-60">
        {seen?.shown ?? <Spinner />}
      </div>
    </aside>
  );
}
