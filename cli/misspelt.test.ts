import { expect, test } from "vitest";
import { PRODUCT } from "@/product";
import { EVERY_SETTING } from "./every-setting";
import { misspelt } from "./misspelt";

const meant = (name: string) => misspelt([name], EVERY_SETTING.names)[0]?.meant;

test.each([
  ["FIRST_ADMIN_MAIL", "FIRST_ADMIN_EMAIL"],
  ["FIRST_ADMIN_PASWORD", "FIRST_ADMIN_PASSWORD"],
  ["FIRST_ADMIN_PASSWORT_FILE", "FIRST_ADMIN_PASSWORD_FILE"],
  ["BASEURL", "BASE_URL"],
  ["BASE_URI", "BASE_URL"],
  ["base_url", "BASE_URL"],
  ["DATABSE_URL", "DATABASE_URL"],
  ["DATABASE_URI", "DATABASE_URL"],
  [`${PRODUCT.command.toUpperCase()}_PORT`, "PORT"],
  [`${PRODUCT.command.toUpperCase()}_DATA_DIR`, "DATA_DIR"],
  ["DATADIR", "DATA_DIR"],
  ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
  ["AUTH_SECRETS", "AUTH_SECRET"],
  ["PASSWORD_MIN_LENGHT", "PASSWORD_MIN_LENGTH"],
  ["SETUP-TOKEN", "SETUP_TOKEN"],
  ["ALOW_BOOTSTRAP", "ALLOW_BOOTSTRAP"],
])("%s is meant for %s", (name, known) => {
  expect(meant(name)).toBe(known);
});

test.each([
  ...["HOME", "PATH", "HOSTNAME", "PWD", "SHELL", "TERM", "LANG", "HTTP_PROXY", "NODE_OPTIONS"],
  ...["DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_SSL", "DATABASE_USER"],
  ...["POSTGRES_URL", "REDIS_HOST", "SMTP_HOST", "MAIL_HOST", "LOG_FILE", "LOG_FORMAT", "APP_URL"],
  ...[
    "AUTH_URL",
    "NEXTAUTH_URL",
    "SESSION_SECRET",
    "BASH_ENV",
    "npm_config_cache",
    "OIDC_2_ISSUER",
  ],
  ...EVERY_SETTING.names,
])("%s is somebody else's, or right", (name) => {
  expect(meant(name)).toBeUndefined();
});
