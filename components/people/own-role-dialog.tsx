import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/confirm-dialog";

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
    <ConfirmDialog
      title={t("roleTitle", { name })}
      text={
        <>
          {t("roleText", { name, role })} {t("roleYourself")}
        </>
      }
      confirm={t("roleConfirm")}
      working={t("changing")}
      cancel={t("cancel")}
      pending={working}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
