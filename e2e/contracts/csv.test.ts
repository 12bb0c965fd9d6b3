import http from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { endOfJob, itemsOf } from "../support/jobs";
import { type Shared, sharedClaimed } from "../support/shared-claimed";
import { storeUsers } from "../support/store-users";

const MIB = 1024 * 1024;

describe("users as CSV", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
    await installation.sql(`INSERT INTO roles (slug, name, policies) VALUES
      ('manager', 'Manager', '[{"action":"manage","subject":"User"}]'),
      ('inviter', 'Inviter', '[{"action":"read","subject":"User"},
        {"action":"create","subject":"User","conditions":{"role.slug":"predefined_user"}}]')`);
  });

  const upload = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    call(base, "POST", "/v1/users/import?name=people.csv", {
      body,
      headers: { ...asAdmin, "content-type": "text/csv", ...headers },
    });
  const stored = async (table: string) =>
    Number((await installation.sql(`SELECT count(*) AS n FROM ${table}`))[0]?.["n"]);
  const signInAs = async (email: string, role: string) => {
    const password = "a fine passphrase";
    await post(base, "/v1/users", { email, role, password }, asAdmin);
    return bearer((await post(base, "/v1/auth/login", { email, password })).json.accessToken);
  };
  const startAndEnd = async (id: string) => {
    expect((await post(base, `/v1/jobs/${id}/start`, undefined, asAdmin)).status).toBe(202);
    return endOfJob(base, id, asAdmin);
  };

  describe("import", () => {
    test("says what is wrong with each row before a user is stored, then stores the others", async () => {
      const users = await stored("users");
      const file = [
        "Name;E-MAIL;email;ROLE;Phone",
        'Bea;x;" Bea@Example.com ";manager;1',
        '"Multi\nline";;multi@example.com;;',
        "",
        "Cid;;cid@example.com;;",
        "Cid;;CID@example.com;;",
        "No mail;;;;",
        "Bad mail;;not-an-address;;",
        "Bad role;;role@example.com;emperor;",
        `${"x".repeat(256)};;long@example.com;;`,
        "Nul\0;;nul@example.com;;",
        "Ada;;ada@example.com;;",
        "Too;;many@example.com;;1;2",
        ";;noname@example.com",
        "'=1+1;;formula@example.com;;",
        'O"Neil;;oneil@example.com;;',
      ].join("\r\n");
      const draft = await upload(file);
      expect(draft.status, draft.text).toBe(201);
      const { id } = draft.json;
      expect(draft.headers.get("location")).toBe(`/v1/jobs/${id}`);
      expect(draft.json).toMatchObject({
        kind: "import",
        state: "draft",
        total: 14,
        changed: 0,
        unchanged: 1,
        rejected: 8,
        options: { file: "people.csv", ignored: ["E-MAIL", "Phone"] },
      });
      expect(await stored("users")).toBe(users);
      const rejected = await itemsOf(base, id, asAdmin, "&outcome=rejected");
      expect(
        rejected.map(({ position, reason, data }) => [position, data?.["column"], reason]),
      ).toEqual([
        [3, "name", "nameCharacters"],
        [7, "email", "duplicate"],
        [8, "email", "required"],
        [9, "email", "emailInvalid"],
        [10, "role", "roleUnknown"],
        [11, "name", "nameTooLong"],
        [12, "name", "nameCharacters"],
        [14, null, "tooManyCells"],
      ]);
      expect(rejected[1]?.data).toMatchObject({ firstLine: 6, email: "CID@example.com" });

      const { body, records } = await download(`/v1/jobs/${id}/items.csv?outcome=rejected`);
      expect(body.startsWith("\uFEFFline,email,name,role,result,reason\r\n")).toBe(true);
      expect(records[2]).toEqual([
        "7",
        "CID@example.com",
        "Cid",
        "",
        "rejected",
        "The same address is on line 6.",
      ]);
      const spanish = await get(base, `/v1/jobs/${id}/items.csv?outcome=rejected`, {
        ...asAdmin,
        "accept-language": "es",
      });
      expect(spanish.text).toContain("La misma dirección está en la línea 6.");

      const job = await startAndEnd(id);
      expect(job).toMatchObject({
        state: "done",
        total: 14,
        changed: 5,
        unchanged: 1,
        rejected: 8,
      });
      expect(await stored("users")).toBe(users + 5);
      expect(
        await installation.sql(`SELECT email, users.name, status, slug, password_hash FROM users
          JOIN roles ON roles.id = role_id WHERE email IN ('bea@example.com', 'formula@example.com',
          'noname@example.com', 'oneil@example.com') ORDER BY email`),
      ).toEqual([
        {
          email: "bea@example.com",
          name: "Bea",
          status: "invited",
          slug: "manager",
          password_hash: null,
        },
        {
          email: "formula@example.com",
          name: "=1+1",
          status: "invited",
          slug: "predefined_user",
          password_hash: null,
        },
        {
          email: "noname@example.com",
          name: null,
          status: "invited",
          slug: "predefined_user",
          password_hash: null,
        },
        {
          email: "oneil@example.com",
          name: 'O"Neil',
          status: "invited",
          slug: "predefined_user",
          password_hash: null,
        },
      ]);
      const audit = `SELECT count(*)::int AS n FROM audit_events
        WHERE action = 'user.imported' AND details->>'job' = '${id}'`;
      expect(await installation.sql(audit)).toEqual([{ n: 5 }]);

      // Starting twice is starting once.
      expect((await post(base, `/v1/jobs/${id}/start`, undefined, asAdmin)).json).toEqual(job);
      expect(await installation.sql(audit)).toEqual([{ n: 5 }]);
    });

    test.each([
      ["commas, LF, no end", "email,name\na1@example.com,A"],
      ["tabs, CR", "email\tname\ra2@example.com\tA\r"],
      ["semicolons, CRLF, byte order mark", "\uFEFFemail;name\r\na3@example.com;A\r\n"],
      ["quotes everywhere", '"email","name"\r\n"a4@example.com","A"\r\n'],
      ["empty rows and spaces around", " Email , name \n\n,\na5@example.com , A\n,,\n"],
      ["spreadsheet's padding", "email,name,,\na6@example.com,A,,\n,,,\n"],
      ["Windows-1252", Buffer.from("email,name,Stra\xdfe\na7@example.com,A,Jos\xe9\n", "latin1")],
      ["UTF-16", Buffer.from("\uFEFFemail,name\na8@example.com,A", "utf16le")],
    ])("reads %s", async (_name, file) => {
      const draft = await upload(file);
      expect(draft.json, draft.text).toMatchObject({ total: 1, rejected: 0 });
      const [item] = await itemsOf(base, draft.json.id, asAdmin);
      expect(item?.data).toMatchObject({ name: "A", role: "predefined_user" });
    });

    const rows = (count: number) =>
      `email\n${Array.from({ length: count }, (_, n) => `row${n}@example.com\n`).join("")}`;
    test.each([
      ["an empty file", "", 400, { problem: "empty" }],
      ["only blank lines", "\n\n\n", 400, { problem: "empty" }],
      ["a header alone", "email,name\r\n", 400, { problem: "noRows" }],
      ["no header", "a@example.com,A\nb@example.com,B", 400, { problem: "noEmailColumn" }],
      ["a column twice", "email,EMAIL\na,b", 400, { problem: "columnTwice", column: "email" }],
      ["50,001 rows", rows(50_001), 400, { problem: "tooManyRows" }],
      [
        "a quote left open",
        'email,name\na@x.com,A\nb@x.com,"B\nc@x.com,C',
        400,
        { problem: "quoteOpen", line: 3 },
      ],
      [
        "a giant cell",
        `email\na@x.com\n${"x".repeat(MIB)}`,
        400,
        { problem: "rowTooLong", line: 3 },
      ],
      ["a giant first line", "x".repeat(MIB), 400, { problem: "rowTooLong", line: 1 }],
      [
        "Cyrillic of Windows",
        Buffer.from("email,name\na@x.com,A\nb@x.com,\xc8\xe2\xe0\xed\n", "latin1"),
        400,
        { problem: "encoding", line: 3 },
      ],
      ["257 columns", `email${",c".repeat(256)}\na@x.com`, 400, { problem: "tooManyColumns" }],
      [
        "UTF-16 without a mark",
        Buffer.from("email\na@x.com", "utf16le"),
        400,
        { problem: "encoding", line: 1 },
      ],
      [
        "a picture",
        Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
        400,
        { problem: "encoding", line: 1 },
      ],
      ["more than 10 MiB", "x".repeat(10 * MIB + 1), 413, { code: "BODY_TOO_LARGE" }],
    ])("refuses %s in words and keeps nothing", async (_name, file, status, members) => {
      const before = await stored("jobs");
      const answer = await upload(file);
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({ status, detail: expect.any(String), ...members });
      expect(await stored("jobs")).toBe(before);
      expect((await get(base, "/health/live")).status).toBe(200);
    });

    test("roles are given by the name people see too, and only by who may", async () => {
      const file = (n: number) =>
        `email,name,role\na14.${n}@example.org,A,User\nb14.${n}@example.org,B,Administrator\nc14.${n}@example.org,C,admin\nd14.${n}@example.org,D,member\ne14.${n}@example.org,E,PREDEFINED_USER\nf14.${n}@example.org,F,Manager\n`;
      const { json } = await upload(file(1));
      const given = (await itemsOf(base, json.id, asAdmin)).map(({ data }) => data?.["role"]);
      const [user, admin] = ["predefined_user", "predefined_super_admin"];
      expect(given).toEqual([user, admin, admin, user, user, "manager"]);
      expect(json.options.roles).toEqual([
        { slug: user, name: "User", count: 3 },
        { slug: admin, name: "Administrator", count: 2 },
        { slug: "manager", name: "Manager", count: 1 },
      ]);
      const manager = await signInAs("labels@example.com", "manager");
      const refused = (await upload(file(2), manager)).json;
      const reasons = (await itemsOf(base, refused.id, asAdmin)).map(({ reason }) => reason);
      expect(reasons).toEqual([null, "forbidden", "forbidden", null, null, null]);
    });

    test("marks that nobody sees are named, and never stored in a name", async () => {
      const { json } = await upload(
        [
          "email,name",
          "\u200Bada15@example.org,Ada",
          "bob15@example.org\u00A0,Bob",
          "carl15@example.org,Ca\u200Brl",
          "dora15@example.org,\u202ADora\u202C",
          '"eve15@example.org\n",Eve',
          "ali15@example.org,\u0639\u0644\u06CC\u200C\u0631\u0636\u0627",
        ].join("\n"),
      );
      expect(json).toMatchObject({ total: 6, rejected: 3 });
      const { records } = await download(`/v1/jobs/${json.id}/items.csv?outcome=rejected`);
      expect(records.slice(1).map(([line, , , , , reason]) => [line, reason])).toEqual([
        ["2", expect.stringContaining("U+200B (ZERO WIDTH SPACE)")],
        ["4", expect.stringContaining("U+200B (ZERO WIDTH SPACE)")],
        ["5", expect.stringContaining("U+202A (LEFT-TO-RIGHT EMBEDDING)")],
      ]);
    });

    test("a file of another system: its words, whom it keeps out, and one person by two spellings", async () => {
      const file = [
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Status [READ ONLY]",
        "Ada,Byron,ada@m\u00FCller.example,secret-of-ada,Active",
        "Sue,Spended,sue@example.com,****,Suspended",
        "Ada,Again,ADA@xn--mller-kva.example,****,Active",
      ].join("\r\n");
      const { json } = await upload(file);
      expect(json.options).toMatchObject({ encoding: "utf-8", ignored: ["Password [Required]"] });
      expect(json.options.columns.map(({ field }: { field: string }) => field)).toEqual([
        ...["firstName", "lastName", "email", "ignore", "status"],
      ]);
      const items = await itemsOf(base, json.id, asAdmin);
      expect(items.map(({ label, reason, data }) => [label, data?.["name"], reason])).toEqual([
        ["ada@xn--mller-kva.example", "Ada Byron", null],
        ["sue@example.com", "Sue Spended", "keptOut"],
        ["ADA@xn--mller-kva.example", "Ada Again", "duplicate"],
      ]);
      await startAndEnd(json.id);
      const known = await get(
        base,
        `/v1/users?search=${encodeURIComponent("ada@M\u00DCLLER.example")}`,
        asAdmin,
      );
      expect(known.json.data).toMatchObject([{ name: "Ada Byron" }]);
      const stored = await installation.sql("SELECT data::text FROM job_items");
      expect(JSON.stringify(stored)).not.toContain("secret-of-ada");
    });

    test("a person says what the columns are that nobody can know", async () => {
      const file =
        "Kontakt;Wer;Geheimwort (Passwort)\r\nmap1@example.com;Ada;x\r\nmap2@example.com;Bob;y\r\n";
      expect((await upload(file)).json).toMatchObject({ problem: "noEmailColumn" });
      const sampled = await call(base, "POST", "/v1/users/import/columns", {
        body: file,
        headers: { ...asAdmin, "content-type": "text/csv" },
      });
      expect(sampled.json).toEqual({
        header: true,
        encoding: "utf-8",
        columns: [
          {
            title: "Kontakt",
            field: "email",
            secret: false,
            samples: ["map1@example.com", "map2@example.com"],
          },
          { title: "Wer", field: "ignore", secret: false, samples: ["Ada", "Bob"] },
          { title: "Geheimwort (Passwort)", field: "ignore", secret: true, samples: [] },
        ],
      });
      const mapped = (mapping: string) =>
        call(base, "POST", `/v1/users/import?mapping=${mapping}`, {
          body: file,
          headers: { ...asAdmin, "content-type": "text/csv" },
        });
      for (const wrong of ["", "name", "email,email", "email,emperor", "e".repeat(5_000)]) {
        expect((await mapped(wrong)).json, wrong).toMatchObject({ code: "VALIDATION_FAILED" });
      }
      expect((await mapped("email,,,,name")).json).toMatchObject({ problem: "otherColumns" });
      const { json } = await mapped("email,name");
      expect(json).toMatchObject({ total: 2, rejected: 0 });
      expect(json.options.ignored).toEqual(["Geheimwort (Passwort)"]);
      const items = await itemsOf(base, json.id, asAdmin);
      expect(items.map(({ data }) => data?.["name"])).toEqual(["Ada", "Bob"]);
    });

    test("the name of a file is kept without what nobody sees", async () => {
      const answer = await call(base, "POST", "/v1/users/import?name=a%00b%E2%80%AEgpj.csv", {
        body: "email\nfile@example.com",
        headers: { ...asAdmin, "content-type": "text/csv" },
      });
      expect(answer.json.options.file).toBe("abgpj.csv");
    });

    test.each([
      ["application/json"],
      ["text/plain"],
      ["text/csv; charset=iso-8859-1"],
      ["multipart/form-data; boundary=x"],
      [""],
    ])("as %j it is 415", async (type) => {
      const answer = await upload("email\na@example.com", { "content-type": type });
      expect(answer.status).toBe(415);
    });

    test("only from our own pages, only by who may create users", async () => {
      const file = "email\nwho@example.com";
      expect((await upload(file, { origin: "https://evil.example" })).status).toBe(403);
      expect((await upload(file, { authorization: "Bearer x" })).status).toBe(401);
      const user = await signInAs("plain@example.com", "predefined_user");
      expect((await upload(file, user)).status).toBe(403);
    });

    test("no role above one's own, no user out of one's reach", async () => {
      const file =
        "email,role\nr1@example.com,predefined_super_admin\nr2@example.com,predefined_user\nr3@example.com,manager";
      const as = async (headers: Record<string, string>) => {
        const { json } = await upload(file, headers);
        return (await itemsOf(base, json.id, asAdmin)).map(({ reason }) => reason);
      };
      const manager = await signInAs("manager@example.com", "manager");
      expect(await as(manager)).toEqual(["forbidden", null, null]);
      const inviter = await signInAs("inviter@example.com", "inviter");
      expect(await as(inviter)).toEqual(["forbidden", null, "forbidden"]);
    });

    test("a draft belongs to whoever made it", async () => {
      const { json } = await upload("email\nmine@example.com");
      const manager = await signInAs("other@example.com", "manager");
      expect((await post(base, `/v1/jobs/${json.id}/start`, undefined, manager)).status).toBe(404);
      const root = await signInAs("root@example.com", "predefined_super_admin");
      expect((await post(base, `/v1/jobs/${json.id}/start`, undefined, root)).status).toBe(403);
      expect((await post(base, `/v1/jobs/${json.id}/cancel`, undefined, root)).status).toBe(200);
      const late = await post(base, `/v1/jobs/${json.id}/start`, undefined, asAdmin);
      expect([late.status, late.json.code]).toEqual([409, "JOB_OVER"]);
    });

    test("what has changed since the check is judged anew", async () => {
      await installation.sql("INSERT INTO roles (slug, name) VALUES ('brief', 'Brief')");
      const { json } = await upload(
        "email,role\ntaken@example.com,\nbrief@example.com,brief\nfree@example.com,",
      );
      await post(base, "/v1/users", { email: "taken@example.com" }, asAdmin);
      await installation.sql("DELETE FROM roles WHERE slug = 'brief'");
      expect(await startAndEnd(json.id)).toMatchObject({ changed: 1, unchanged: 1, rejected: 1 });
      const items = await itemsOf(base, json.id, asAdmin);
      expect(items.map(({ reason }) => reason)).toEqual(["emailTaken", "roleUnknown", null]);
    });

    test("two imports of the same people at once make each person once", async () => {
      const file = `email\n${Array.from({ length: 3_000 }, (_, n) => `twin${n}@example.com\n`).join("")}`;
      const drafts = await Promise.all([upload(file), upload(file)]);
      const jobs = await Promise.all(drafts.map(({ json }) => startAndEnd(json.id)));
      expect(jobs.reduce((sum, { changed }) => sum + changed, 0)).toBe(3_000);
      expect(jobs.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(3_000);
      expect(
        await installation.sql(`SELECT count(*)::int AS n FROM audit_events
          WHERE action = 'user.imported' AND target_label LIKE 'twin%'`),
      ).toEqual([{ n: 3_000 }]);
    });

    test.each([
      ["with its length told", "Content-Length: 1000000\r\n\r\nemail\nhalf1@example.com\n"],
      ["in chunks", "Transfer-Encoding: chunked\r\n\r\n18\r\nemail\nhalf2@example.com\n\r\n"],
    ])("an upload that breaks off, %s, leaves nothing", async (_name, rest) => {
      const before = await stored("jobs");
      const url = new URL(base);
      const socket = connect(Number(url.port), "127.0.0.1");
      socket.on("error", () => {});
      socket.write(
        `POST /v1/users/import HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: text/csv\r\n` +
          `Authorization: ${asAdmin["authorization"]}\r\n${rest}`,
      );
      await sleep(300);
      socket.destroy();
      await sleep(500);
      expect(await stored("jobs")).toBe(before);
      expect((await get(base, "/health/live")).status).toBe(200);
    });

    test("drafts of yesterday and jobs of last month are removed", async () => {
      const { json } = await upload("email\nold@example.com");
      await installation.sql(
        `UPDATE jobs SET created_at = now() - interval '25 hours' WHERE id = '${json.id}'`,
      );
      const other = await startInstallation({ databaseUrl: installation.databaseUrl });
      const deadline = Date.now() + 10_000;
      while ((await get(base, `/v1/jobs/${json.id}`, asAdmin)).status !== 404) {
        if (Date.now() > deadline) throw new Error("The draft is still there.");
        await sleep(100);
      }
      expect(
        await installation.sql("SELECT 1 FROM job_items WHERE label = 'old@example.com'"),
      ).toEqual([]);
      await other.stop();
    });
  });

  const download = async (path: string) => {
    const response = await fetch(new URL(path, base), { headers: asAdmin });
    // Not text(): it would take the byte order mark away.
    const body = Buffer.from(await response.arrayBuffer()).toString("utf8");
    return { response, body, records: parse(body, { bom: true }) as string[][] };
  };

  describe("export", () => {
    test("is a file that no spreadsheet runs and that our import reads back", async () => {
      const names = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'=1", "''", "a,b", 'say "x"', "＝1"];
      for (const [n, name] of names.entries()) {
        const text = name.replaceAll("'", "''");
        await installation.sql(`INSERT INTO users (email, name, role_id, metadata)
          SELECT '=back${n}@example.com', '${text}', id, '{"a":"=1"}' FROM roles WHERE slug = 'manager'`);
      }
      const { response, body, records } = await download("/v1/users/export?search=back");
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(response.headers.get("content-disposition")).toMatch(
        /^attachment; filename="users-\d{4}-\d\d-\d\d\.csv"$/,
      );
      expect(
        body.startsWith(
          "\uFEFFnumber,id,email,name,role,status,lastLoginAt,createdAt,metadata\r\n",
        ),
      ).toBe(true);
      expect(records.length).toBe(names.length + 1);
      for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\uFF1D]/);
      expect(records[1]?.slice(2, 6)).toEqual([
        "'=back0@example.com",
        "'=HYPERLINK(1)",
        "manager",
        "active",
      ]);

      await installation.sql("DELETE FROM users WHERE email LIKE '=back%'");
      const draft = await upload(body);
      expect(draft.json).toMatchObject({ total: names.length, rejected: 0 });
      expect(draft.json.options.ignored).toEqual([
        "number",
        "id",
        "lastLoginAt",
        "createdAt",
        "metadata",
      ]);
      await startAndEnd(draft.json.id);
      const back = await installation.sql(
        "SELECT name FROM users WHERE email LIKE '=back%' ORDER BY number",
      );
      expect(back.map(({ name }) => name)).toEqual(names);
    });

    test("means what the filter and the reach of the actor mean, and is recorded", async () => {
      await storeUsers(installation, "export", 2_500);
      await installation.sql(
        "UPDATE users SET status = 'disabled' WHERE email = 'export-9@example.com'",
      );
      const all = await download("/v1/users/export?search=export-");
      expect(new Set(all.records.slice(1).map(([number]) => number)).size).toBe(2_500);
      const one = await download("/v1/users/export?search=export-&status=disabled");
      expect(one.records[1]?.[2]).toBe("export-9@example.com");
      expect(one.records.length).toBe(2);
      expect((await get(base, "/v1/users/export?status=x", asAdmin)).status).toBe(400);
      const events = await installation.sql(
        "SELECT details FROM audit_events WHERE action = 'users.exported' ORDER BY id DESC LIMIT 1",
      );
      expect(events).toEqual([{ details: { search: "export-", status: "disabled" } }]);
      await installation.sql(`INSERT INTO roles (slug, name, policies) VALUES ('narrow', 'N',
        '[{"action":"read","subject":"User","conditions":{"status":"disabled"}}]')`);
      const narrow = await signInAs("narrow@example.com", "narrow");
      const seen = await get(base, "/v1/users/export?search=export-", narrow);
      expect(parse(seen.text, { bom: true }).length).toBe(2);
    });

    test("only by who may read users; HEAD exports nothing; not for another site", async () => {
      expect((await get(base, "/v1/users/export")).status).toBe(401);
      const user = await signInAs("curious@example.com", "predefined_user");
      expect((await get(base, "/v1/users/export", user)).status).toBe(403);
      const events = "SELECT count(*) FROM audit_events WHERE action = 'users.exported'";
      const before = await installation.sql(events);
      expect((await call(base, "HEAD", "/v1/users/export", { headers: asAdmin })).status).toBe(200);
      const headers = { ...asAdmin, "sec-fetch-site": "cross-site" };
      expect((await get(base, "/v1/users/export", headers)).status).toBe(403);
      expect(await installation.sql(events)).toEqual(before);
    });

    test("a database that goes away in the middle breaks the transfer, and does not end it", async () => {
      await storeUsers(installation, "tail", 30_000);
      await installation.sql(`UPDATE users SET metadata = jsonb_build_object('x', repeat('y', 1000))
        WHERE email LIKE 'tail-%'`);
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        http
          .get(new URL("/v1/users/export?search=tail-", base), { headers: asAdmin }, resolve)
          .once("error", reject);
      });
      expect(response.statusCode).toBe(200);
      await sleep(500); // the client is slow, so most is not read from the database yet
      await installation.sql("ALTER TABLE users RENAME TO users_away");
      const end = await new Promise<string>((resolve) => {
        response.once("end", () => resolve("complete"));
        response.once("error", (error) =>
          resolve((error as NodeJS.ErrnoException).code ?? "error"),
        );
        response.resume();
      });
      await installation.sql("ALTER TABLE users_away RENAME TO users");
      expect(end).toBe("ECONNRESET");
      expect(response.complete).toBe(false);
      expect((await get(base, "/v1/auth/me", asAdmin)).status).toBe(200);
    });
  });
});
