"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { KEY } from "./typed-form";

const AnotherBuild = lazy(async () => ({
  default: (await import("./another-build")).AnotherBuild,
}));

/** AnotherBuild where there is something for it to do: it is part of every page, and needed after an update. */
export function TypedAgain(props: { givenBack: boolean; words: string }) {
  const [needed, setNeeded] = useState(props.givenBack);
  useEffect(() => {
    if (hasKept()) setNeeded(true);
  }, []);
  return (
    needed && (
      <Suspense>
        <AnotherBuild {...props} />
      </Suspense>
    )
  );
}

function hasKept(): boolean {
  try {
    return window.sessionStorage.getItem(KEY) !== null;
  } catch {
    return false; // no storage
  }
}
