import type { MetadataRoute } from "next";
import { settings } from "@/lib/settings/settings";
import { markPath } from "@/lib/settings/settings-view";
import { PRODUCT } from "@/product";

/** The name may change while the server runs. */
export const dynamic = "force-dynamic";

/** What a phone or a desktop needs to keep the administration as an app of its own (W3C Web Application Manifest). */
export default function manifest(): MetadataRoute.Manifest {
  const { name, mark } = settings();
  return {
    name,
    description: PRODUCT.tagline,
    start_url: "/",
    display: "standalone",
    background_color: "#fafbfc",
    theme_color: "#fafbfc",
    icons: [
      ...(mark ? [{ src: markPath(mark), sizes: "any", type: mark.type }] : []),
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/apple-icon.png", sizes: "180x180", type: "image/png" },
    ],
  };
}
