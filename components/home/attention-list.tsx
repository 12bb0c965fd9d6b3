import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Clock } from "@/components/ui/icons/clock";
import { Fingerprint } from "@/components/ui/icons/fingerprint";
import type { Icon } from "@/components/ui/icons/icon";
import { Lock } from "@/components/ui/icons/lock";
import { ShieldAlert } from "@/components/ui/icons/shield-alert";
import { ShieldCheck } from "@/components/ui/icons/shield-check";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";
import { UserRound } from "@/components/ui/icons/user-round";
import { Link } from "@/components/ui/link";
import type { Attention } from "@/lib/statistics/attention";
import { buttonStyle } from "../ui/button-style";
import {
  AddressInstructions,
  HttpsInstructions,
  VariablesInstructions,
} from "./operator-instructions";

const ICONS: Record<Attention["kind"], Icon> = {
  plainHttp: Lock,
  address: TriangleAlert,
  blocks: ShieldAlert,
  oneAdministrator: UserRound,
  administratorsWithoutFactor: Fingerprint,
  ignoredVariables: TriangleAlert,
  joinRequests: UserRound,
  invitationsExpiring: Clock,
};
const GRAVE: readonly Attention["kind"][] = ["plainHttp", "blocks"];

/** Where each is done something about that is done in a page of ours; null for who may not. */
export type Remedies = Record<
  | "blocks"
  | "oneAdministrator"
  | "administratorsWithoutFactor"
  | "joinRequests"
  | "invitationsExpiring",
  string | null
>;

/** What somebody should do something about, the gravest first, each with the one thing to do. */
export function AttentionList({
  attention,
  remedies,
}: {
  attention: readonly Attention[];
  remedies: Remedies;
}) {
  const t = useTranslations("home.attention");
  return (
    <section aria-labelledby="attention" className="mt-8">
      <h2 id="attention" className="text-lg font-semibold">
        {t("title")}
      </h2>
      {attention.length === 0 ? (
        <p className="mt-3 flex gap-3 rounded border border-line bg-surface px-5 py-4">
          <ShieldCheck className="mt-0.5 size-5 shrink-0 text-ok" aria-hidden="true" />
          <span>
            <span className="font-medium">{t("none")}</span>{" "}
            <span className="text-soft">{t("noneWhy")}</span>
          </span>
        </p>
      ) : (
        <ul className="mt-3 divide-y divide-line rounded border border-line bg-surface">
          {attention.map((one, place) => (
            <Item
              key={one.kind}
              attention={one}
              remedies={remedies}
              look={place === 0 ? "primary" : "secondary"}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type Shown = { attention: Attention; remedies: Remedies; look: "primary" | "secondary" };

function Item({ attention, remedies, look }: Shown) {
  const t = useTranslations("home.attention");
  const { kind } = attention;
  const Pictured = ICONS[kind];
  return (
    <li className="flex gap-4 px-5 py-4">
      <span
        className={`grid size-9 shrink-0 place-items-center rounded-full ${
          GRAVE.includes(kind) ? "bg-danger-tint text-danger" : "bg-warning-tint text-warning"
        }`}
      >
        <Pictured className="size-4.5" aria-hidden="true" />
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64 max-sm:basis-full">
          <p className="font-medium text-pretty">
            <What attention={attention} />
          </p>
          <p className="text-soft text-pretty">{t(`${kind}Why`)}</p>
        </div>
        <Action attention={attention} remedies={remedies} look={look} />
      </div>
    </li>
  );
}

function What({ attention }: { attention: Attention }): ReactNode {
  const t = useTranslations("home.attention");
  switch (attention.kind) {
    case "plainHttp":
    case "address":
    case "oneAdministrator":
      return t(attention.kind);
    case "blocks":
    case "joinRequests":
    case "invitationsExpiring":
      return t(attention.kind, { count: attention.count });
    case "administratorsWithoutFactor":
      return t(attention.kind, { count: attention.count, of: attention.of });
    case "ignoredVariables":
      return t(attention.kind, { count: attention.names.length });
  }
}

function Action({ attention, remedies, look }: Shown) {
  const t = useTranslations("home.attention");
  const { kind } = attention;
  if (kind === "plainHttp") return <HttpsInstructions look={look} />;
  if (kind === "address") {
    const { visited, configured } = attention;
    return <AddressInstructions visited={visited} configured={configured} look={look} />;
  }
  if (kind === "ignoredVariables") {
    return <VariablesInstructions names={attention.names} look={look} />;
  }
  const remedy = remedies[kind];
  return (
    remedy && (
      <Link href={remedy} className={buttonStyle({ look, size: "sm" })}>
        {kind === "administratorsWithoutFactor"
          ? t("administratorsWithoutFactorDo", { of: attention.of })
          : t(`${kind}Do`)}
      </Link>
    )
  );
}
