import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";

/** Asks once more, or for something, before it is done. */
export function ConfirmDialog({
  title,
  text,
  confirm,
  working,
  cancel,
  pending,
  look = "danger",
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  text: ReactNode;
  /** What the button says, then what it says while it works, then the way out. */
  confirm: string;
  working: string;
  cancel: string;
  pending: boolean;
  /** Danger: there is no way back, or somebody loses something. */
  look?: "danger" | "secondary";
  onConfirm: (form: HTMLFormElement) => void;
  onClose: () => void;
  /** What has to be filled in for it. */
  children?: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) onConfirm(event.currentTarget);
        }}
      >
        <div className="mt-3 text-soft wrap-anywhere">{text}</div>
        {children && <div className="mt-6">{children}</div>}
        <div className="mt-8 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{cancel}</Button>
          <SubmitButton look={look} working={working} pending={pending} className="max-w-full">
            {confirm}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
