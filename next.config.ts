import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or engine-bearing packages are loaded by Node, not bundled.
  serverExternalPackages: ["bcrypt", "@node-rs/argon2", "pg", "pino", "@prisma/client"],
  experimental: {
    serverActions: { bodySizeLimit: "64kb" },
    // forbidden() and its page with status 403.
    authInterrupts: true,
  },
};

export default createNextIntlPlugin("./lib/platform/i18n.ts")(config);
