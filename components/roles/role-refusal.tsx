import { useTranslations } from "next-intl";
import { RefusalText } from "../form/form-refusal";
import { Notice } from "../ui/notice";
import { TextLink } from "../ui/text-link";
import type { RoleFormState } from "./role-form-state";

/** Why the role was not saved. */
export function RoleRefusal({ state, slug }: { state: RoleFormState; slug: string | undefined }) {
  const t = useTranslations("rolesPage");
  if (state.kind !== "refused") return null;
  return (
    <Notice tone="danger" role="alert">
      <p>
        <RefusalText why={state.why} words={(reason) => t(`refused.${reason}`)} />
      </p>
      {state.why.kind === "stale" && slug !== undefined && (
        <p className="mt-2">
          <TextLink href={`/roles/${slug}`}>{t("staleLink")}</TextLink>
        </p>
      )}
    </Notice>
  );
}
