"use client";

import { DoorFrame } from "@/components/door-frame";
import { useFailureWords } from "@/components/failure-words";
import { Message } from "@/components/message";
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
      <Message title={words.title} text={words.text}>
        {error.digest && (
          <p className="mb-8 text-soft">
            {words.reference} <code className="font-mono text-ink">{error.digest}</code>
          </p>
        )}
        <Button look="primary" onClick={retry}>
          {words.retry}
        </Button>
      </Message>
    </DoorFrame>
  );
}
