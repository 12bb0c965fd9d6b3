"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useRefusalText } from "@/components/form/use-refusal-text";
import type { UserChange } from "@/components/people/user-change";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toaster";

/** A button that does something to a user after asking, and says what came of it. */
export function ConfirmedChange({
  person: { id, name },
  change,
  words,
}: {
  person: { id: string; name: string };
  change: (userId: string) => Promise<UserChange>;
  words: Record<"button" | "title" | "text" | "working" | "done", string>;
}) {
  const actions = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [working, start] = useTransition();
  const confirm = () =>
    start(async () => {
      const result = await change(id);
      setAsking(false);
      if (result.kind === "changed") return toast({ text: words.done });
      toast({ text: refusalText(result, (reason) => actions(reason, { name })), tone: "danger" });
    });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        {words.button}
      </Button>
      {asking && (
        <ConfirmDialog
          title={words.title}
          text={words.text}
          confirm={words.button}
          working={words.working}
          cancel={actions("cancel")}
          pending={working}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
