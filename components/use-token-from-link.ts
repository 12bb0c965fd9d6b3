import { useEffect, useState } from "react";

/**
 * Takes the token out of the fragment of the link that was opened, and the fragment out of the address
 * bar and the history.
 *
 * @returns whether a token came that way
 */
export function useTokenFromLink(take: (token: string) => void): boolean {
  const [taken, setTaken] = useState(false);
  useEffect(() => {
    const read = () => {
      const token = new URLSearchParams(location.hash.slice(1)).get("token");
      if (!token) return;
      take(token);
      setTaken(true);
      // Next takes over `history` in an effect that runs after this one, and would write its old address back.
      setTimeout(() => history.replaceState(null, "", location.pathname));
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [take]);
  return taken;
}
