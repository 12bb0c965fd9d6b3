"use client";

import { unstable_isUnrecognizedActionError as isUnrecognizedAction } from "next/navigation";
import { useEffect, useState } from "react";
import { useAddress } from "@/components/address/address-words";
import { WrongAddress } from "@/components/address/wrong-address";
import { DoorFrame } from "@/components/door-frame";
import { useFailureWords } from "@/components/failure-words";
import { Message } from "@/components/message";
import { keepTyped, readTyped } from "@/components/typed/keep-typed";
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
  const { refused } = useAddress();
  const outdated = isOtherBuild(error);
  // While this is rendered the page that failed still stands, with what was typed in it.
  const [typed] = useState(() => (outdated ? readTyped() : null));
  useEffect(() => {
    if (typed === null) return;
    keepTyped(typed);
    window.location.replace(window.location.pathname + window.location.search);
  }, [typed]);
  if (outdated) return null;
  if (refused) {
    return (
      <DoorFrame>
        <WrongAddress />
      </DoorFrame>
    );
  }
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

/** The server has another build than this page: it does not know the page's actions, or has no such scripts any more. */
function isOtherBuild(error: Error): boolean {
  return error.name === "ChunkLoadError" || isUnrecognizedAction(error);
}
