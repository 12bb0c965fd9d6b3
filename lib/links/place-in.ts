import { env } from "@/lib/platform/env";
import { settings } from "@/lib/settings/settings";
import { PRODUCT } from "@/product";

/** What the installation is called and where it is; only where it is, while nobody has given it a name of its own. */
export function placeIn(t: (key: "place", values: { name: string; host: string }) => string) {
  const { host } = new URL(env().baseUrl);
  const { name } = settings();
  return name === PRODUCT.name ? host : t("place", { name, host });
}
