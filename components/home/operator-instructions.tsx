import { useTranslations } from "next-intl";
import { KEEP_HOST } from "../address/keep-host";
import { Instructions, Typed } from "./instructions";

type Look = { look?: "primary" | "secondary" };

/** How to have an address served over https. */
export function HttpsInstructions({ look = "secondary" }: Look) {
  const t = useTranslations("home.https");
  const home = useTranslations("home");
  return (
    <Instructions
      id="https-how"
      open={home("showHow")}
      close={home("close")}
      title={t("title")}
      look={look}
    >
      <p>{t("proxy")}</p>
      <p>{t("address")}</p>
      <Typed>BASE_URL=https://app.example.com</Typed>
    </Instructions>
  );
}

/** How the configured address and the one that people open become the same. */
export function AddressInstructions({
  visited,
  configured,
  look = "secondary",
}: Look & { visited: string; configured: string }) {
  const t = useTranslations("home.address");
  const home = useTranslations("home");
  return (
    <Instructions
      id="address-how"
      open={home("showHow")}
      close={home("close")}
      title={t("title")}
      look={look}
    >
      <p>{t("seen", { visited, configured })}</p>
      <p>{t("change", { visited })}</p>
      <Typed>BASE_URL={visited}</Typed>
      <p>{t("proxy")}</p>
      <Typed>{KEEP_HOST}</Typed>
    </Instructions>
  );
}

/** What has to be removed from the environment. */
export function VariablesInstructions({
  names,
  look = "secondary",
}: Look & { names: readonly string[] }) {
  const t = useTranslations("home.variables");
  const home = useTranslations("home");
  return (
    <Instructions
      id="variables-how"
      open={home("showHow")}
      close={home("close")}
      title={t("title")}
      look={look}
    >
      <p>{t("text", { count: names.length })}</p>
      {names.map((name) => (
        <Typed key={name}>{name}</Typed>
      ))}
    </Instructions>
  );
}

/** What belongs to a backup. */
export function BackupInstructions({ dataDir }: { dataDir: string }) {
  const t = useTranslations("home.backup");
  const home = useTranslations("home");
  return (
    <Instructions id="backup-how" open={home("showHow")} close={home("close")} title={t("title")}>
      <p>{t("folder")}</p>
      <Typed>{dataDir}</Typed>
      <p>{t("database")}</p>
      <Typed>{'pg_dump "$DATABASE_URL"'}</Typed>
      <p>{t("secret")}</p>
    </Instructions>
  );
}
