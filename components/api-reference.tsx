"use client";

import { type ReactNode, useEffect, useRef } from "react";
import type { Theme } from "./preferences";

/** As much of Scalar's interface as is used here. */
type Scalar = {
  createApiReference(
    place: Element,
    configuration: object,
  ): { updateConfiguration(configuration: object): void; destroy(): void };
};

/**
 * The API reference that Scalar draws.
 *
 * @param code address of Scalar's script
 * @param spec address of the OpenAPI document
 * @param children what is seen until it is drawn
 */
export function ApiReference({
  code,
  spec: url,
  theme,
  locale,
  children,
}: {
  code: string;
  spec: string;
  theme: Theme;
  locale: string;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const configuration = () => ({
      url,
      theme: "none",
      forceDarkModeState:
        theme === "dark" || (theme === "system" && dark.matches) ? "dark" : "light",
      hideDarkModeToggle: true,
      localization: { locale },
      // Nothing is asked of, or told to, anybody else.
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: "never",
      hideClientButton: true,
      persistAuth: false,
      authentication: { preferredSecurityScheme: "bearer" },
      documentDownloadType: "none", // the page links to the document itself
      hiddenClients: { c: true, clojure: true, fsharp: true, objc: true, ocaml: true, r: true },
    });
    let reference: ReturnType<Scalar["createApiReference"]> | undefined;
    const draw = () => {
      const { Scalar: scalar } = window as unknown as { Scalar: Scalar };
      if (place.current) reference = scalar.createApiReference(place.current, configuration());
    };
    const redraw = () => reference?.updateConfiguration(configuration());
    const script = document.createElement("script");
    script.src = code;
    script.addEventListener("load", draw);
    document.head.append(script);
    dark.addEventListener("change", redraw);
    return () => {
      script.removeEventListener("load", draw);
      script.remove();
      dark.removeEventListener("change", redraw);
      reference?.destroy();
    };
  }, [code, url, theme, locale]);
  return (
    <>
      <div ref={place} className="api-reference" />
      <div className="api-awaited">{children}</div>
    </>
  );
}
