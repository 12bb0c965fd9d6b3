import type { MetadataRoute } from "next";
import { PRODUCT } from "@/product";

/** What a phone or a desktop needs to keep the administration as an app of its own (W3C Web Application Manifest). */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: PRODUCT.name,
    description: PRODUCT.tagline,
    start_url: "/",
    display: "standalone",
    background_color: "#fafbfc",
    theme_color: "#fafbfc",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/apple-icon.png", sizes: "180x180", type: "image/png" },
    ],
  };
}
