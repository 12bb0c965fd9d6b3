import path from "node:path";
import { Command } from "commander";
import { env } from "@/lib/platform/env";
import { PRODUCT } from "@/product";
import { loadEnvFile } from "./environment";
import { FIELD_GRAMMAR } from "./generate/parse-fields";
import { SEED_MAX } from "./seed-people";
import type { Serve } from "./serve";
import { wholeNumber } from "./whole-number";
import { withDatabase } from "./with-database";

/** What cli/start.mjs hands over: where the product is, where the caller stands, how pages are built. */
type Start = Omit<Serve, "dev"> & { cwd: string };

/**
 * The product's command. Sets the exit code of the process, or lets it run as the server.
 *
 * @throws {OperatorError} what the caller prints
 */
export async function main(args: string[], { cwd, ...start }: Start): Promise<void> {
  const { root } = start;
  loadEnvFile(root);
  const fromCaller = (file: string) => path.resolve(cwd, file);
  const program = new Command(PRODUCT.command).description(PRODUCT.tagline);

  program
    .command("start", { isDefault: true })
    .description("run the product; builds it if that is due")
    .action(async () => (await import("./serve")).serve({ ...start, dev: false }));
  program
    .command("dev")
    .description("run the product for development, with hot reload")
    .action(async () => (await import("./serve")).serve({ ...start, dev: true }));
  program
    .command("migrate")
    .description("apply pending migrations, once however many ask")
    .action(() =>
      withDatabase({ root, migrated: false }, async () => {
        const { readyDatabase } = await import("./ready-database");
        const applied = await readyDatabase(root);
        process.stdout.write(applied.map((name) => `${name}\n`).join("") || "Up to date.\n");
      }),
    );
  program
    .command("schema-sql")
    .description("print the SQL that takes an empty database to prisma/schema.prisma")
    .action(() =>
      withDatabase({ root, migrated: false }, async () => {
        const { schemaAsSql } = await import("./migrate");
        process.stdout.write(await schemaAsSql(env().migrationUrl, root));
      }),
    );
  program
    .command("doctor")
    .description("say what is wrong with this installation, in words")
    .action(async () => (await import("./doctor")).doctor(root));
  program
    .command("setup-token")
    .description("print the link that lets the owner claim this installation from elsewhere")
    .option("--new", "make a new token; the old one opens nothing any more")
    .action((options: { new?: true }) =>
      withDatabase({ root }, async () =>
        (await import("./setup-token")).printSetupToken({ renew: options.new === true }),
      ),
    );

  const admin = program
    .command("admin")
    .description("administrators, from the server's own side, whether it runs or not")
    .addHelpText("after", ADMIN_HELP);
  admin
    .command("create")
    .description("claim the installation; the password comes from standard input")
    .requiredOption("--email <address>")
    .option("--name <name>")
    .option("--password-file <file>", "read the password from a file instead", fromCaller)
    .action((options) =>
      withDatabase({ root }, async () => (await import("./admin")).adminCreate(options)),
    );
  admin
    .command("recover")
    .description("make somebody an active administrator with a new password, new user or not")
    .requiredOption("--email <address>")
    .option("--password-file <file>", "read the password from a file instead", fromCaller)
    .action((options) =>
      withDatabase({ root }, async () => (await import("./admin")).adminRecover(options)),
    );
  admin
    .command("reset-password")
    .description("give a user a new password and sign them out; the role stays")
    .requiredOption("--email <address>")
    .option("--password-file <file>", "read the password from a file instead", fromCaller)
    .action((options) =>
      withDatabase({ root }, async () => (await import("./admin")).adminResetPassword(options)),
    );
  admin
    .command("disable-2fa")
    .description("take app, passkeys and recovery codes off an account, and sign it out")
    .requiredOption("--email <address>")
    .action((options) =>
      withDatabase({ root }, async () => (await import("./admin")).adminDisable2fa(options)),
    );
  admin
    .command("list")
    .description("list everybody who is administrator")
    .option("--json", "an array of { email, name, status, lastLoginAt }")
    .action((options) =>
      withDatabase({ root }, async () => (await import("./admin")).adminList(options)),
    );
  admin
    .command("reopen")
    .description("open setup again: every user is deleted, and somebody else may claim")
    .option("--confirm <host>", "the host in BASE_URL, when nobody is there to type it")
    .action((options) =>
      withDatabase({ root }, async () => (await import("./admin")).adminReopen(options)),
    );
  program
    .command("audit")
    .description("the audit trail")
    .command("verify")
    .description("walk the hash chain of the audit trail")
    .action(() =>
      withDatabase({ root }, async () => (await import("./audit-verify")).auditVerify()),
    );
  program
    .command("seed")
    .description("add invented users, to see how it is with many")
    .requiredOption("--users <count>", "how many to add", wholeNumber(1, SEED_MAX))
    .option(
      "--seed <number>",
      "the same people again on another installation",
      wholeNumber(0, 2 ** 32 - 1),
    )
    .action((options) =>
      withDatabase({ root }, async () => (await import("./seed")).seed(options)),
    );

  program
    .command("generate")
    .description("write code that is your own from then on")
    .command("entity <name>")
    .description("a thing of your own: table, operations, API, pages, words and tests")
    .option("--fields <fields>", "name:type, separated by commas; see below")
    .option("--plural <name>", "what several are called, if not as usual")
    .option("--label-es <words>", "one and several in Spanish: factura/facturas")
    .option("--fields-es <words>", "fields and choices in Spanish: due: vence, draft: borrador")
    .option("--remove", "take it away again, with everything that was written")
    .option("--applied", "with --remove: its migration was applied, so another one drops the table")
    .option("--dry-run", "say what would be written, and write nothing")
    .option("--force", "although there are changes that are not committed")
    .addHelpText("after", `\n${FIELD_GRAMMAR}`)
    .action(async (name, { remove, ...options }) => {
      if (remove)
        await (await import("./generate/remove-entity")).removeEntity(root, name, options);
      else await (await import("./generate/generate-entity")).generateEntity(root, name, options);
    });

  await program.parseAsync(args, { from: "user" });
}

const ADMIN_HELP = `
Passwords are typed when asked for, piped in, or read from --password-file; never from an argument. Everything
but list is in the audit trail. Exit codes: 0 done, 1 no such user or anything else, 2 not confirmed, 3 claimed
already (create) or not claimed (recover, reopen), 4 e-mail or password refused, 5 database unreachable.`;
