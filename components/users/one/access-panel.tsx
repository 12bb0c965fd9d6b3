"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { DisableDialog } from "@/components/people/disable-dialog";
import { OwnRoleDialog } from "@/components/people/own-role-dialog";
import { useAccessChange } from "@/components/people/use-access-change";
import type { AccessChanges } from "@/components/people/user-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

type Person = {
  id: string;
  name: string;
  email: string;
  role: string;
  status: "active" | "disabled" | "invited";
  disabledReason: string | null;
};

/** Role and status. What can be undone is done at once and offers the way back. */
export function AccessPanel({
  person,
  version,
  isSelf,
  may,
  roles,
  changes,
}: {
  person: Person;
  version: string;
  isSelf: boolean;
  may: { role: boolean; status: boolean };
  roles: readonly { value: string; label: string }[];
  changes: AccessChanges;
}) {
  const t = useTranslations("userForms");
  const actions = useTranslations("userActions");
  const [doing, setDoing] = useState<"role" | "status">();
  const [asking, setAsking] = useState<"disable" | "ownRole">();
  const [role, setRole] = useState(person.role);
  const [shown, setShown] = useState(person.role);
  // Whoever changed the role: the choice starts again from how it is now.
  if (shown !== person.role) {
    setShown(person.role);
    setRole(person.role);
  }
  const { id, name } = person;
  const { working, run } = useAccessChange(
    (reason) => (reason === "stale" ? t("changedMeanwhile") : actions(reason, { name })),
    () => setAsking(undefined),
  );
  const labelOf = (slug: string) => roles.find(({ value }) => value === slug)?.label ?? slug;

  const changeRole = () => {
    setDoing("role");
    const before = person.role;
    const done = (to: string) => actions("roleChanged", { name, role: labelOf(to) });
    const undo = {
      change: (after: string) => {
        // The page may be drawn with the way back done before it was ever drawn without.
        setRole(before);
        return changes.changeRole(id, before, after);
      },
      done: done(before),
    };
    run(() => changes.changeRole(id, role, version), done(role), isSelf ? undefined : undo);
  };
  const disable = (reason: string) => {
    setDoing("status");
    const undo = {
      change: (after: string) => changes.enable(id, after),
      done: actions("enabledDone", { name }),
    };
    run(
      () => changes.disable(id, reason, version),
      actions("disabledDone", { name }),
      // There is no way back to "invited", and none for oneself.
      isSelf || person.status === "invited" ? undefined : undo,
    );
  };
  const enable = () => {
    setDoing("status");
    run(() => changes.enable(id, version), actions("enabledDone", { name }));
  };

  return (
    <div className="space-y-6">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (working || role === person.role) return;
          if (isSelf) setAsking("ownRole");
          else changeRole();
        }}
      >
        <Field id="role" label={t("role")} hint={may.role ? t("roleHint") : undefined}>
          {(field) => (
            <select
              {...field}
              value={role}
              disabled={!may.role}
              onChange={(event) => setRole(event.target.value)}
              className={inputStyle}
            >
              {roles.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          )}
        </Field>
        {role !== person.role && (
          <div className="mt-3 flex flex-wrap gap-2">
            <SubmitButton
              look="secondary"
              size="sm"
              working={t("changingRole")}
              pending={working && doing === "role"}
            >
              {t("changeRole")}
            </SubmitButton>
            <Button look="quiet" size="sm" onClick={() => setRole(person.role)}>
              {actions("cancel")}
            </Button>
          </div>
        )}
      </form>
      <div>
        <p className="font-medium">{t("status")}</p>
        <p className="mt-1 text-sm text-soft">{t(`${person.status}Text`)}</p>
        {person.status === "disabled" && (
          <p className="mt-1 text-sm wrap-anywhere">
            {person.disabledReason === null
              ? t("noReason")
              : t("disabledReason", { reason: person.disabledReason })}
          </p>
        )}
        <div className="mt-3" hidden={!may.status}>
          {person.status === "disabled" ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (!working) enable();
              }}
            >
              <SubmitButton
                look="secondary"
                size="sm"
                working={t("working")}
                pending={working && doing === "status"}
              >
                {t("enable")}
              </SubmitButton>
            </form>
          ) : (
            <Button size="sm" onClick={() => setAsking("disable")}>
              {t("disable")}
            </Button>
          )}
        </div>
      </div>
      {asking === "disable" && (
        <DisableDialog
          user={person}
          isSelf={isSelf}
          working={working}
          onConfirm={disable}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === "ownRole" && (
        <OwnRoleDialog
          name={name}
          role={labelOf(role)}
          working={working}
          onConfirm={changeRole}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
