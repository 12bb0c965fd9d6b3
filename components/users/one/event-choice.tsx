import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";

/** Which events are shown: those about the user or those by the user. Plain links, so that it needs no script. */
export function EventChoice({
  label,
  choices,
}: {
  label: string;
  choices: readonly { href: string; text: string; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="mb-4 flex flex-wrap gap-2">
      {choices.map(({ href, text, current }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          {...(current && { "aria-current": "true" })}
          className={buttonStyle({
            look: current ? "secondary" : "quiet",
            size: "sm",
            className: "max-w-full",
          })}
        >
          <span className="truncate">{text}</span>
        </Link>
      ))}
    </nav>
  );
}
