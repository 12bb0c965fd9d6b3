"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useTransition } from "react";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import { Spinner } from "../ui/spinner";

/** Long enough not to ask at every key, short enough not to be noticed. */
const PAUSE_MS = 250;

/** Search that keeps its words in the address: as one types, or as a plain form without JavaScript. */
export function UserSearch({ search }: { search: string }) {
  const t = useTranslations("users");
  const router = useRouter();
  const [searching, start] = useTransition();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(pause.current), []);
  // Back and "clear the search" change the address; who is typing is ahead of it.
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = search;
  }, [search]);

  const look = (words: string) => {
    clearTimeout(pause.current);
    pause.current = setTimeout(() => {
      const query = words.trim() === "" ? "" : `?${new URLSearchParams({ search: words })}`;
      start(() => router.replace(`/users${query}`, { scroll: false }));
    }, PAUSE_MS);
  };
  return (
    <search className="w-full sm:max-w-md">
      <form action="/users" className="flex gap-2" aria-busy={searching}>
        <div className="relative flex-1">
          <span className="absolute inset-y-0 left-3 grid place-items-center text-soft">
            {searching ? <Spinner /> : <Search className="size-4" aria-hidden="true" />}
          </span>
          <Input
            ref={input}
            type="search"
            name="search"
            aria-label={t("search")}
            placeholder={t("search")}
            defaultValue={search}
            maxLength={200}
            className="pl-9"
            autoComplete="off"
            onChange={(event) => look(event.target.value)}
          />
        </div>
        <div className="hidden noscript:block">
          <Button type="submit">{t("searchSubmit")}</Button>
        </div>
      </form>
    </search>
  );
}
