"use client";

import { useTranslations } from "next-intl";
import { DoorFrame } from "@/components/door-frame";
import { Button } from "@/components/ui/button";

/** A bug of ours. The reference is also in the server's log. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations("failure");
  return (
    <DoorFrame>
      <h1 className="text-2xl font-semibold text-balance">{t("title")}</h1>
      <p className="mt-3 text-lg text-soft text-pretty">{t("text")}</p>
      {error.digest && (
        <p className="mt-4 text-soft">
          {t("reference")} <code className="font-mono text-ink">{error.digest}</code>
        </p>
      )}
      <Button look="primary" className="mt-8" onClick={retry}>
        {t("retry")}
      </Button>
    </DoorFrame>
  );
}
