import { useTranslations } from "next-intl";

const HERE = "/account/confirm";

/** Says that the password is asked for first. In another tab, so that nothing is lost of what was typed in this one. */
export function ConfirmFirst() {
  const t = useTranslations("waiting");
  return t.rich("confirmFirst", {
    link: (text) => (
      <a
        href={`${HERE}?next=${encodeURIComponent(`${HERE}?done=1`)}`}
        target="_blank"
        rel="noopener"
        className="rounded font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
      >
        {text}
      </a>
    ),
  });
}
