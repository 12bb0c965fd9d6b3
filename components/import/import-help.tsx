import { useTranslations } from "next-intl";
import { Download } from "@/components/ui/icons/download";
import { buttonStyle } from "../ui/button-style";

/** A file that can be filled in: the columns, and one row that shows how. */
function template(role: string): string {
  const text = `\uFEFFemail,name,role\r\nada@example.com,Ada Lovelace,${role}\r\n`;
  return `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
}

/** What a file must look like. */
export function ImportHelp({
  initialRole,
  roles,
}: {
  initialRole: string;
  roles: readonly { slug: string; label: string }[];
}) {
  const t = useTranslations("importUsers");
  const code = (chunks: React.ReactNode) => (
    <code className="rounded bg-sunken px-1 font-mono text-sm wrap-anywhere">{chunks}</code>
  );
  return (
    <section aria-labelledby="columns">
      <h2 id="columns" className="text-lg font-semibold">
        {t("columns")}
      </h2>
      <p className="mt-2 text-soft">{t.rich("columnsText", { code })}</p>
      <p className="mt-4 text-soft">{t.rich("rolesText", { code, role: initialRole })}</p>
      <ul className="mt-2 space-y-1">
        {roles.map(({ slug, label }) => (
          <li key={slug} className="flex flex-wrap items-baseline gap-x-3">
            {code(slug)}
            <bdi className="text-soft wrap-anywhere">{label}</bdi>
          </li>
        ))}
      </ul>
      <p className="mt-6">
        <a
          href={template(initialRole)}
          download="users.csv"
          className={buttonStyle({ size: "sm" })}
        >
          <Download className="size-4" aria-hidden="true" />
          {t("template")}
        </a>
      </p>
    </section>
  );
}
