import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

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
    <Dialog title={t("disableTitle", { name: user.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!working) onConfirm(String(new FormData(event.currentTarget).get("reason")));
        }}
      >
        <p className="mt-3 mb-6 text-soft wrap-anywhere">
          {t("disableText", { email: user.email })} {isSelf && t("disableYourself")}
        </p>
        <Field id="reason" label={t("reason")} hint={t("reasonHint")}>
          {(field) => <Input {...field} name="reason" maxLength={500} autoComplete="off" />}
        </Field>
        <div className="mt-8 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <SubmitButton
            look="danger"
            className="max-w-full"
            working={t("disabling")}
            pending={working}
          >
            {t("disableConfirm", { name: user.name })}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
