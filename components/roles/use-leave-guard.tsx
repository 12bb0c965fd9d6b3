import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/**
 * Asks before a page with unsaved changes is left. Closing the tab is asked about by the browser, in its own words;
 * links on the page are asked about here, because the App Router has no event for it.
 *
 * @returns the question, while there is one
 */
export function useLeaveGuard(unsaved: boolean) {
  const t = useTranslations("rolesPage");
  const router = useRouter();
  const [target, setTarget] = useState<string>();

  useEffect(() => {
    if (!unsaved) return;
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    const clicking = (event: MouseEvent) => {
      const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (elsewhere || !(link instanceof HTMLAnchorElement) || link.target === "_blank") return;
      const url = new URL(link.href);
      const inPage = url.pathname === location.pathname && url.hash !== "";
      if (url.origin !== location.origin || inPage) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(url.pathname + url.search);
    };
    window.addEventListener("beforeunload", closing);
    document.addEventListener("click", clicking, true);
    return () => {
      window.removeEventListener("beforeunload", closing);
      document.removeEventListener("click", clicking, true);
    };
  }, [unsaved]);

  if (target === undefined) return null;
  const leave = () => {
    setTarget(undefined);
    // The same page again, as it is stored now.
    if (target === location.pathname + location.search) router.refresh();
    else router.push(target);
  };
  return (
    <Dialog title={t("leaveTitle")} onClose={() => setTarget(undefined)}>
      <p className="mt-3 text-soft">{t("leaveText")}</p>
      <div className="mt-8 flex flex-wrap justify-end gap-3">
        <Button onClick={() => setTarget(undefined)}>{t("stay")}</Button>
        <Button look="danger" onClick={leave}>
          {t("leave")}
        </Button>
      </div>
    </Dialog>
  );
}
