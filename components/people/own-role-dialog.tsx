import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";

/** Asks before one takes one's own rights away: there is no undo for somebody who is signed out. */
export function OwnRoleDialog({
  name,
  role,
  working,
  onConfirm,
  onClose,
}: {
  name: string;
  role: string;
  working: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("userActions");
  return (
    <Dialog title={t("roleTitle", { name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!working) onConfirm();
        }}
      >
        <p className="mt-3 text-soft wrap-anywhere">
          {t("roleText", { name, role })} {t("roleYourself")}
        </p>
        <div className="mt-8 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <SubmitButton look="danger" working={t("changing")} pending={working}>
            {t("roleConfirm")}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
