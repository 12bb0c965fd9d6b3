import { createRequire } from "node:module";
import path from "node:path";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** What formats messages that are lists; the other one reads texts as well. Turbopack takes a path from here only. */
const FORMAT_ONLY = `./${path.relative(
  process.cwd(),
  createRequire(import.meta.url).resolve("use-intl/format-message/format-only"),
)}`;

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
  turbopack: {
    // Messages are read at build time, so that no browser has to load what reads them.
    rules: {
      "*.json": {
        condition: { path: "./messages/**/*" },
        loaders: ["./messages/compile-messages.mjs"],
        as: "*.js",
      },
    },
    resolveAlias: { "use-intl/format-message": FORMAT_ONLY },
  },
  experimental: {
    // An installation has few visitors: what an address needs is loaded by its first one, and not all of it at each start.
    preloadEntriesOnStart: false,
    serverActions: { bodySizeLimit: "64kb" },
    // Parts of React and of Next's router that nothing here reaches, and what serves only to fetch ahead
    // (docs/decisions/0051).
    turbopackCjsTreeShaking: true,
    optimisticRouting: false,
    prefetchInlining: false,
    varyParams: false,
    // Small files are packed worse and asked for one by one; of React and the router, which every page has, there is one.
    turbopackChunking: {
      minChunkSize: 1_000_000,
      maxMergeChunkSize: 3_000_000,
      maxChunkCountPerGroup: 3,
    },
  },
};

export default createNextIntlPlugin("./lib/platform/i18n.ts")(config);
