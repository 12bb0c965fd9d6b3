import "./filter-panels.css";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Popover } from "@/components/ui/popover";
import { useZone } from "@/components/use-zone";
import type { ActiveFilter, FilterOptions, Option } from "./list-filters";
import { type DAYS, type ListQuery, toggled, valuesOf } from "./list-query";
import type { Go } from "./use-list-query";

const SEEN = ["lastLoginFrom", "lastLoginTo"] as const;
const CREATED = ["createdFrom", "createdTo"] as const;

type Asked = { query: ListQuery; go: Go };

/** Everything that the list can be filtered by besides a search, in panels of a form. A choice counts at once. */
export function FilterPanels({
  query,
  go,
  options,
  active,
}: Asked & { options: FilterOptions; active: readonly ActiveFilter[] }) {
  const t = useTranslations("usersList");
  const zone = useZone();
  const asked = { query, go };
  const panel = (
    title: "role" | "status" | "activity" | "others",
    names: readonly string[],
    children: ReactNode,
  ) => {
    const count = active.filter(({ name }) => names.includes(name)).length;
    const label = t(title);
    return (
      <Popover
        key={title}
        label={count === 0 ? label : t("filterCount", { label, count })}
        title={label}
        active={count > 0}
      >
        {children}
      </Popover>
    );
  };
  return (
    <>
      {(["role", "status"] as const).map((name) =>
        panel(
          name,
          [name],
          <Choices type="checkbox" name={name} {...asked} options={options[name]} />,
        ),
      )}
      {panel(
        "activity",
        ["activity", ...SEEN],
        <>
          <Choices type="radio" name="activity" {...asked} options={options.activity} />
          <Days names={SEEN} {...asked} zone={zone} />
        </>,
      )}
      {panel(
        "others",
        ["domain", "secondFactor", ...CREATED],
        <>
          <Domain {...asked} />
          <Choices type="radio" name="secondFactor" {...asked} options={options.secondFactor} />
          <Days names={CREATED} {...asked} zone={zone} />
        </>,
      )}
      <input type="hidden" name="zone" value={query.zone || zone} />
    </>
  );
}

/** Of which any may hold, or one, or none. */
function Choices({
  name,
  type,
  query,
  go,
  options,
}: Asked & {
  name: "role" | "status" | "activity" | "secondFactor";
  type: "checkbox" | "radio";
  options: readonly Option[];
}) {
  const t = useTranslations("usersList");
  const chosen = query[name];
  const isRadio = type === "radio";
  return (
    <fieldset>
      <legend>{t(name)}</legend>
      {[...(isRadio ? [{ value: "", label: t("any") }] : []), ...options].map(
        ({ value, label }) => (
          <label key={value}>
            <input
              type={type}
              name={name}
              value={value}
              checked={isRadio ? chosen === value : valuesOf(chosen).includes(value)}
              onChange={() => go({ [name]: isRadio ? value : toggled(chosen, value) })}
            />
            <bdi>{label}</bdi>
          </label>
        ),
      )}
    </fieldset>
  );
}

function Domain({ query, go }: Asked) {
  const t = useTranslations("usersList");
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{t("domain")}</label>
      <input
        id={id}
        name="domain"
        value={query.domain}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => go({ domain: event.target.value }, { typing: true, replace: true })}
      />
    </div>
  );
}

function Days({
  names,
  zone,
  query,
  go,
}: Asked & { names: readonly (typeof DAYS)[number][]; zone: string }) {
  return (
    <div>
      {names.map((name) => (
        <Day
          key={name}
          name={name}
          value={query[name]}
          onChoose={(day) => go({ [name]: day, zone })}
        />
      ))}
    </div>
  );
}

function Day({
  name,
  value,
  onChoose,
}: {
  name: (typeof DAYS)[number];
  value: string;
  onChoose: (day: string) => void;
}) {
  const t = useTranslations("usersList");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // An instant, which only an address written by hand has, is shown by its day.
  const day = value.slice(0, 10);
  // The field is ahead of the address while somebody types, and follows it otherwise.
  useEffect(() => {
    if (field.current) field.current.value = day;
  }, [day]);
  return (
    <div>
      <label htmlFor={id}>{t(name)}</label>
      <input
        ref={field}
        id={id}
        type="date"
        name={name}
        defaultValue={day}
        onChange={({ target }) => {
          // A year that is being typed is a date already: 2 is the year 2.
          if (target.value === "" || target.value >= "1970") onChoose(target.value);
        }}
      />
    </div>
  );
}
