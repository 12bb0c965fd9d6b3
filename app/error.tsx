"use client";

import { unstable_isUnrecognizedActionError as isUnrecognizedAction } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { type Failure, useFailureWords } from "@/components/failure-words";
import { keepTyped, readTyped } from "@/components/typed/keep-typed";

const FailurePage = lazy(() =>
  import("@/components/failure-page").then(
    (loaded) => ({ default: loaded.FailurePage }),
    () => ({ default: BarePage }),
  ),
);

/** A bug of ours. The reference is also in the server's log. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const words = useFailureWords();
  const outdated = isOtherBuild(error);
  // While this is rendered the page that failed still stands, with what was typed in it.
  const [typed] = useState(() => (outdated ? readTyped() : null));
  useEffect(() => {
    if (typed === null) return;
    keepTyped(typed);
    window.location.replace(window.location.pathname + window.location.search);
  }, [typed]);
  if (outdated) return null;
  return (
    <Suspense>
      <FailurePage words={words} digest={error.digest} retry={retry} />
    </Suspense>
  );
}

/** Where the server cannot even be asked for FailurePage. */
function BarePage({ words, retry }: Failure) {
  return (
    <main className="p-12">
      <h1 className="text-2xl font-semibold">{words.title}</h1>
      <p className="mt-3 mb-8 text-soft">{words.text}</p>
      <button type="button" className="button button-primary button-base" onClick={retry}>
        {words.retry}
      </button>
    </main>
  );
}

/** The server has another build than this page: it does not know the page's actions, or has no such scripts any more. */
function isOtherBuild(error: Error): boolean {
  return error.name === "ChunkLoadError" || isUnrecognizedAction(error);
}
