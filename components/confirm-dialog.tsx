import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";

/** Asks once more before something that has no way back. */
export function ConfirmDialog({
  title,
  confirm,
  working,
  cancel,
  pending,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What the button says, then what it says while it works, then the way out. */
  confirm: string;
  working: string;
  cancel: string;
  pending: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) onConfirm();
        }}
      >
        <div className="mt-3 text-soft wrap-anywhere">{children}</div>
        <div className="mt-8 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{cancel}</Button>
          <SubmitButton look="danger" working={working} pending={pending} className="max-w-full">
            {confirm}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
