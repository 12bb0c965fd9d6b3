"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { IMPORT_FIELDS, type ImportField } from "@/lib/import/limits";
import { Button } from "../ui/button";
import { inputStyle } from "../ui/input";
import { Notice } from "../ui/notice";
import type { Sampled } from "./send-file";

const HEAD = "border-b border-line px-3 py-2 text-start font-medium whitespace-nowrap";
const CELL = "sm:border-b sm:border-line sm:px-3 sm:py-3 sm:align-middle";

/** Lets a person say what each column of a file is, beside what stands in it first. What is known is chosen already. */
export function ColumnMapping({
  file,
  sampled: { header, encoding, columns },
  onDone,
  onBack,
}: {
  file: string;
  sampled: Sampled;
  onDone: (fields: ImportField[]) => void;
  onBack: () => void;
}) {
  const t = useTranslations("importUsers");
  const format = useFormatter();
  const [fields, setFields] = useState(columns.map(({ field }) => field));
  const [noEmail, setNoEmail] = useState(false);
  const [moved, setMoved] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const nameOf = (place: number) =>
    columns[place]?.title || t("columnNumber", { number: place + 1 });

  /** A field is one column: chosen for another, it is taken from the one that had it, which is said. */
  const choose = (place: number, field: ImportField) => {
    const before = field === "ignore" ? -1 : fields.indexOf(field);
    setFields(fields.map((one, at) => (at === place ? field : at === before ? "ignore" : one)));
    setMoved(before === -1 || before === place ? "" : t("moved", { column: nameOf(before) }));
    if (field === "email") setNoEmail(false);
  };

  return (
    <form
      aria-labelledby="mapping"
      onSubmit={(event) => {
        event.preventDefault();
        if (fields.includes("email")) return onDone(fields);
        setNoEmail(true);
        first.current?.focus();
      }}
    >
      <h2 id="mapping" ref={heading} tabIndex={-1} className="text-lg font-semibold wrap-anywhere">
        {t("mappingTitle", { file })}
      </h2>
      <p className="mt-2 max-w-2xl text-soft">{t(header ? "mappingText" : "mappingNoHeader")}</p>
      {encoding !== "utf-8" && (
        <div className="mt-4">
          <Notice tone="warning">
            {t("encodingText", { encoding: encoding === "utf-16" ? "UTF-16" : "Windows-1252" })}
          </Notice>
        </div>
      )}
      {noEmail && (
        <div className="mt-4">
          <Notice tone="danger" role="alert">
            {t("file_noEmailColumn")}
          </Notice>
        </div>
      )}
      <p role="status" className={moved ? "mt-4 text-sm text-soft" : "sr-only"}>
        {moved}
      </p>
      <table
        aria-labelledby="mapping"
        className="mt-6 w-full border-separate border-spacing-0 max-sm:mt-4 max-sm:block"
      >
        <thead className="text-sm text-soft max-sm:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              {t("column")}
            </th>
            <th scope="col" className={`${HEAD} w-1/2`}>
              {t("firstValues")}
            </th>
            <th scope="col" className={`${HEAD} w-60`}>
              {t("readAs")}
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {columns.map(({ secret, samples }, place) => {
            const field = fields[place] ?? "ignore";
            const name = nameOf(place);
            const key = `${place}`;
            return (
              <tr
                key={key}
                className="max-sm:block max-sm:border-b max-sm:border-line max-sm:py-4 max-sm:first:border-t"
              >
                <th
                  scope="row"
                  className={`${CELL} text-start font-medium max-sm:block ${field === "ignore" ? "text-soft" : ""}`}
                >
                  <bdi className="wrap-anywhere">{name}</bdi>
                </th>
                <td className={`${CELL} max-sm:mt-1 max-sm:block`}>
                  <Samples texts={samples} secret={secret} />
                </td>
                <td className={`${CELL} max-sm:mt-3 max-sm:block`}>
                  {secret ? (
                    <span className="text-soft">{t("field_ignore")}</span>
                  ) : (
                    <select
                      ref={place === 0 ? first : undefined}
                      value={field}
                      aria-label={t("readColumnAs", { column: name })}
                      onChange={({ target }) => choose(place, target.value as ImportField)}
                      className={`${inputStyle} ${field === "ignore" ? "text-soft" : ""}`}
                    >
                      {IMPORT_FIELDS.map((one) => (
                        <option key={one} value={one}>
                          {t(`field_${one}`)}
                        </option>
                      ))}
                    </select>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="mt-8 flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary">
          {t("check")}
        </Button>
        <Button onClick={onBack}>{t("another")}</Button>
        <p className="text-sm text-soft">
          {t("used", {
            used: format.number(fields.filter((field) => field !== "ignore").length),
            total: format.number(columns.length),
          })}
        </p>
      </div>
    </form>
  );
}

function Samples({ texts, secret }: { texts: readonly string[]; secret: boolean }) {
  const t = useTranslations("importUsers");
  if (secret) return <span className="text-sm text-soft">{t("secret")}</span>;
  if (texts.length === 0) return <span className="text-sm text-soft">{t("emptyColumn")}</span>;
  return (
    <ul className="flex flex-wrap gap-2">
      {texts.map((text) => (
        <li key={text} className="max-w-full rounded bg-sunken px-2 py-0.5 text-sm wrap-anywhere">
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  );
}
