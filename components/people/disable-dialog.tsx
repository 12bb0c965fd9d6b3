import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Names the person and the consequence before an account is disabled. */
export function DisableDialog({
  user,
  isSelf,
  working,
  onConfirm,
  onClose,
}: {
  user: { name: string; email: string };
  isSelf: boolean;
  working: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("userActions");
  return (
    <ConfirmDialog
      title={t("disableTitle", { name: user.name })}
      text={
        <>
          {t("disableText", { email: user.email })} {isSelf && t("disableYourself")}
        </>
      }
      confirm={t("disableConfirm", { name: user.name })}
      working={t("disabling")}
      cancel={t("cancel")}
      pending={working}
      onConfirm={(form) => onConfirm(String(new FormData(form).get("reason")))}
      onClose={onClose}
    >
      <Field id="reason" label={t("reason")} hint={t("reasonHint")}>
        {(field) => <Input {...field} name="reason" maxLength={500} autoComplete="off" />}
      </Field>
    </ConfirmDialog>
  );
}
