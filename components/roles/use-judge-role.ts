import { useCallback, useEffect, useRef, useState } from "react";
import type { JudgeRole } from "./judge-role";

/**
 * The rules for roles, null until they are there: `load` fetches them, once, and answers null where it cannot.
 *
 * @param atOnce whether something on the page has to be judged before anything is touched
 */
export function useJudgeRole(atOnce: boolean) {
  const [judge, setJudge] = useState<JudgeRole | null>(null);
  const loading = useRef<Promise<JudgeRole | null>>(undefined);
  const load = useCallback(() => {
    loading.current ??= import("./judge-role").then(
      ({ judgeRole }) => {
        setJudge(judgeRole);
        return judgeRole;
      },
      () => {
        loading.current = undefined;
        return null;
      },
    );
    return loading.current;
  }, []);
  useEffect(() => {
    if (atOnce) void load();
  }, [atOnce, load]);
  return { judge, load };
}
