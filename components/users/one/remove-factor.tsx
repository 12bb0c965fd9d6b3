import { useTranslations } from "next-intl";
import type { UserChange } from "@/components/people/user-change";
import { ConfirmedChange } from "./confirmed-change";

/** Takes the second factor off somebody who has lost it, after asking. */
export function RemoveFactor({
  person,
  remove,
}: {
  person: { id: string; name: string };
  remove: (userId: string) => Promise<UserChange>;
}) {
  const t = useTranslations("userForms");
  const { name } = person;
  return (
    <div className="mb-6">
      <ConfirmedChange
        person={person}
        change={remove}
        words={{
          button: t("factorRemove"),
          title: t("factorRemoveTitle", { name }),
          text: t("factorRemoveText", { name }),
          working: t("factorRemoving"),
          done: t("factorRemoved", { name }),
        }}
      />
    </div>
  );
}
