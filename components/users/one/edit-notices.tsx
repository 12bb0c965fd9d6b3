import { useTranslations } from "next-intl";
import { FormRefusal } from "@/components/form/form-refusal";
import { StaleNotice } from "./stale-notice";
import type { useEdit } from "./use-edit";

/** What goes before the fields of an edit: what it was read as, and why it was not stored. */
export function EditNotices({
  userId,
  edit: { state, stale, read, takeTheirs },
  onTaken,
}: {
  userId: string;
  edit: Pick<ReturnType<typeof useEdit>, "state" | "stale" | "read" | "takeTheirs">;
  /** Called when what was typed is given up for what is stored: the notice that had the focus is gone. */
  onTaken: () => void;
}) {
  const refusals = useTranslations("userActions");
  return (
    <>
      <input type="hidden" name="read" value={JSON.stringify(read)} />
      {stale && (
        <StaleNotice
          state={stale}
          userId={userId}
          onTakeTheirs={() => {
            takeTheirs();
            onTaken();
          }}
        />
      )}
      <FormRefusal
        state={state}
        focus
        words={(reason) => refusals(reason, { name: read.name || read.email })}
      />
    </>
  );
}
