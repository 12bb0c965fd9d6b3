import { useTranslations } from "next-intl";
import { personName } from "@/components/people/person-name";
import { buttonStyle } from "@/components/ui/button-style";
import { ArrowLeft } from "@/components/ui/icons/arrow-left";
import { ArrowRight } from "@/components/ui/icons/arrow-right";
import { Link } from "@/components/ui/link";
import type { UserView } from "@/lib/users/user-view";
import { NeighbourKeys } from "./neighbour-keys";

/** The ways to who stands before and behind in the list that one comes from. */
export function Neighbours({
  previous,
  next,
  list,
}: {
  previous: UserView | null;
  next: UserView | null;
  /** The list, as a search string without "?". */
  list: string;
}) {
  const t = useTranslations("userDetail");
  const way = (user: UserView | null, rel: "prev" | "next") => {
    const Arrow = rel === "prev" ? ArrowLeft : ArrowRight;
    const arrow = <Arrow className="size-4 shrink-0" aria-hidden="true" />;
    if (user === null) {
      return (
        <span className={buttonStyle({ size: "sm" })} aria-disabled="true">
          {arrow}
          <span className="sr-only">{t(rel === "prev" ? "isFirst" : "isLast")}</span>
        </span>
      );
    }
    const name = personName(user);
    return (
      <Link
        rel={rel}
        href={`/users/${user.id}?in=${encodeURIComponent(list)}`}
        className={buttonStyle({ size: "sm" })}
        aria-label={t(rel === "prev" ? "previousUser" : "nextUser", { name })}
        title={name}
      >
        {arrow}
      </Link>
    );
  };
  return (
    <nav aria-label={t("inList")} className="flex gap-2">
      {way(previous, "prev")}
      {way(next, "next")}
      <NeighbourKeys />
    </nav>
  );
}
