"use client";

import { DoorFrame } from "@/components/door-frame";
import { useFailureWords } from "@/components/failure-words";
import { Button } from "@/components/ui/button";

/** A bug of ours. The reference is also in the server's log. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const words = useFailureWords();
  return (
    <DoorFrame>
      <h1 className="text-2xl font-semibold text-balance">{words.title}</h1>
      <p className="mt-3 text-lg text-soft text-pretty">{words.text}</p>
      {error.digest && (
        <p className="mt-4 text-soft">
          {words.reference} <code className="font-mono text-ink">{error.digest}</code>
        </p>
      )}
      <Button look="primary" className="mt-8" onClick={retry}>
        {words.retry}
      </Button>
    </DoorFrame>
  );
}
