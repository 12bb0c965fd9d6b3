import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  // Named by what went in (cli/prepare.mjs), so that replicas built apart take each other's pages for their own.
  generateBuildId: () => process.env["BUILD_ID"] ?? null,
  reactStrictMode: true,
  // Native or engine-bearing packages are loaded by Node, not bundled.
  serverExternalPackages: ["bcrypt", "@node-rs/argon2", "pg", "pino", "@prisma/client"],
  // There are no images to optimize, and the endpoint answers some bad URLs with a 500.
  images: { unoptimized: true },
  // `npm test` checks the types; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // An installation has few visitors: what an address needs is loaded by its first one, and not all of it at each start.
    preloadEntriesOnStart: false,
    serverActions: { bodySizeLimit: "64kb" },
    // forbidden() and its page with status 403.
    authInterrupts: true,
  },
};

export default createNextIntlPlugin("./lib/platform/i18n.ts")(config);
