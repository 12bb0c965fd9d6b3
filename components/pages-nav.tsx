import { buttonStyle } from "./ui/button-style";
import { Link } from "./ui/link";

type Way = { href: string; text: string };
/** What a cursor is where there is none. */
type None = null | undefined | "" | false;

/** From one page of a list to the first and to the next; nothing where there is only one. */
export function PagesNav({
  label,
  first,
  next,
}: {
  label: string;
  first: Way | None;
  next: Way | None;
}) {
  const ways = [first, next].flatMap((way) => way || []);
  return (
    ways.length > 0 && (
      <nav aria-label={label} className="mt-6 flex gap-3">
        {ways.map(({ href, text }) => (
          <Link key={text} href={href} className={buttonStyle({ size: "sm" })}>
            {text}
          </Link>
        ))}
      </nav>
    )
  );
}
