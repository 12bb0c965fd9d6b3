import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { apiToken, claimed } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const PASSWORD = "a fine passphrase";

let next = 0;
/** A key and a body of a test's own. */
function fresh() {
  next += 1;
  const body = { email: `user-${next}@example.com`, role: "predefined_user", password: PASSWORD };
  return { key: `test-key-${next}`, body };
}

describe("Idempotency-Key on creation", () => {
  let installation: Shared;
  let base: string;
  let token: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    token = await apiToken(installation);
  });

  const create = (key: string, body: unknown, headers: Record<string, string> = bearer(token)) =>
    post(base, "/v1/users", body, { ...headers, "idempotency-key": key });
  const count = async (email: string) => {
    const [row] = await installation.sql(
      `SELECT (SELECT count(*)::int FROM users WHERE email = '${email}') AS users,
        (SELECT count(*)::int FROM audit_events
          WHERE action = 'user.created' AND target_label = '${email}') AS events`,
    );
    return row;
  };

  test("a repetition gets the same reply and has no second effect", async () => {
    const { key, body } = fresh();
    const first = await create(key, body);
    expect(first.status).toBe(201);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const second = await create(key, body);
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    for (const name of ["etag", "location", "content-type"]) {
      expect(second.headers.get(name), name).toBe(first.headers.get(name));
    }
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await count(body.email)).toEqual({ users: 1, events: 1 });
  });

  test("of 20 at once one has the effect; the others get its reply or are told to wait", async () => {
    const { key, body } = fresh();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(key, body)));
    const made = answers.filter((answer) => answer.status === 201);
    const waiting = answers.filter((answer) => answer.status === 409);
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(made.length + waiting.length).toBe(20);
    expect(new Set(made.map((answer) => answer.text)).size).toBe(1);
    expect(made.filter((answer) => !answer.headers.has("idempotent-replayed")).length).toBe(1);
    for (const answer of waiting) {
      expect(answer.json.code).toBe("IDEMPOTENCY_KEY_IN_PROGRESS");
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    expect(await count(body.email)).toEqual({ users: 1, events: 1 });
    expect((await create(key, body)).text).toBe(made[0]?.text);
  });

  test("the same key with another body, another address or from somebody else", async () => {
    const { key, body } = fresh();
    const first = await create(key, body);
    const other = await create(key, { ...body, email: "other@example.com" });
    expect(other.status).toBe(422);
    expect(other.json.code).toBe("IDEMPOTENCY_KEY_REUSED");
    const headers = { ...bearer(token), "idempotency-key": key };
    expect((await post(base, "/v1/users?again", body, headers)).status).toBe(422);
    expect(await count("other@example.com")).toEqual({ users: 0, events: 0 });

    const second = { email: "second@example.com", password: PASSWORD };
    await post(base, "/v1/users", { ...second, role: "predefined_super_admin" }, bearer(token));
    const asSecond = bearer((await post(base, "/api/auth/login", second)).json.accessToken);
    const theirs = await create(key, body, asSecond);
    expect(theirs.status).toBe(409);
    expect(theirs.json.code).toBe("EMAIL_TAKEN");
    expect((await create(key, body)).text).toBe(first.text);
  });

  test("a token with bounds gets none of its owner's replies", async () => {
    const { key, body } = fresh();
    expect((await create(key, body)).status).toBe(201);
    const [copy] = await installation.sql(
      `INSERT INTO api_tokens (user_id, name, abilities, digest)
       SELECT user_id, 'reader', '{users:read}', digest FROM api_tokens WHERE id = 1 RETURNING id`,
    );
    const reader = bearer(token.replace(/^1\|/, `${copy?.["id"]}|`));
    expect((await get(base, "/v1/users", reader)).status).toBe(200);
    expect((await create(key, body, reader)).status).toBe(403);
  });

  test("who may not do it any more does not get the reply either, and nothing is done again", async () => {
    const person = { email: "fallen@example.com", password: PASSWORD };
    await post(base, "/v1/users", { ...person, role: "predefined_super_admin" }, bearer(token));
    const session = bearer((await post(base, "/api/auth/login", person)).json.accessToken);
    const make = () =>
      post(
        base,
        "/v1/tokens",
        { name: "script", abilities: ["*"] },
        { ...session, "idempotency-key": "a-token-key" },
      );
    const made = await make();
    expect(made.status).toBe(201);
    const asTheirs = bearer(made.json.token);
    const invited = "invited-once@example.com";
    const invite = () =>
      post(
        base,
        "/v1/invitations",
        { email: invited, role: "predefined_user" },
        { ...asTheirs, "idempotency-key": "an-invitation-key" },
      );
    const first = await invite();
    expect(first.status).toBe(201);
    expect((await invite()).text).toBe(first.text);

    await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '1 hour'");
    expect((await make()).json.code).toBe("CONFIRMATION_REQUIRED");
    const confirm = { password: PASSWORD };
    expect((await post(base, "/v1/auth/confirm", confirm, session)).status).toBe(204);
    expect((await make()).text).toBe(made.text);

    const become = (slug: string) =>
      installation.sql(
        `UPDATE users SET role_id = (SELECT id FROM roles WHERE slug = '${slug}')
         WHERE email = '${person.email}'`,
      );
    await become("predefined_user");
    const refused = await invite();
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain(first.json.link);
    await become("predefined_super_admin");
    expect((await invite()).text).toBe(first.text);
    expect(
      await installation.sql(
        `SELECT (SELECT count(*)::int FROM users WHERE email = '${invited}') AS users,
          (SELECT count(*)::int FROM audit_events WHERE target_label = '${invited}') AS events,
          (SELECT count(*)::int FROM api_tokens WHERE name = 'script') AS tokens`,
      ),
    ).toEqual([{ users: 1, events: 1, tokens: 1 }]);
  });

  test.each([
    ["too short", "1234567"],
    ["too long", "x".repeat(129)],
    ["empty", ""],
    ["not ASCII", "käse-käse-käse"],
    ["a tab", "four\tfour"],
  ])("a key that is %s is 400", async (_name, key) => {
    const answer = await create(key, fresh().body);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("IDEMPOTENCY_KEY_INVALID");
  });

  test("a refusal is not remembered: the key stays free", async () => {
    const { key, body } = fresh();
    expect((await create(key, { ...body, email: "nope" })).status).toBe(400);
    expect((await create(key, { ...body, email: OWNER.email })).status).toBe(409);
    expect((await create(key, "{")).status).toBe(400);
    expect((await create(key, { ...body, padding: "x".repeat(20_000) })).status).toBe(413);
    expect((await create(key, body, {})).status).toBe(401);
    expect((await create(key, body)).status).toBe(201);
  });

  test("the database holds neither the key nor the reply, and forgets both after a day", async () => {
    const { key, body } = fresh();
    const first = await create(key, body);
    const dump = await installation.sql(
      "SELECT *, encode(reply, 'escape') AS text FROM idempotent_replies",
    );
    for (const secret of [key, body.email, first.json.id, PASSWORD]) {
      expect(JSON.stringify(dump)).not.toContain(secret);
    }
    await installation.sql(
      "UPDATE idempotent_replies SET expires_at = now() - interval '1 second'",
    );
    expect((await create(key, body)).json.code).toBe("EMAIL_TAKEN"); // it is a new request again
    const another = fresh();
    await create(another.key, another.body);
    expect(await installation.sql("SELECT count(*)::int AS n FROM idempotent_replies")).toEqual([
      { n: 1 },
    ]);
  });

  describe("when something breaks in the middle", () => {
    const slowly = `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION slow()`;
    afterEach(() =>
      installation.sql(
        "DROP FUNCTION IF EXISTS slow CASCADE; DROP FUNCTION IF EXISTS broken CASCADE",
      ),
    );
    const age = (minutes: number) =>
      installation.sql(
        `UPDATE idempotent_replies SET created_at = created_at - interval '${minutes} minutes',
          expires_at = expires_at - interval '${minutes} minutes'`,
      );

    test("a fault frees the key, and nothing was done", async () => {
      const { key, body } = fresh();
      await installation.sql(`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'out of disk' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER broken BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION broken()`);
      expect((await create(key, body)).status).toBe(503);
      await installation.sql("DROP FUNCTION broken CASCADE");
      expect((await create(key, body)).status).toBe(201);
    });

    test("done but the reply lost: told so, and not done again", async () => {
      const { key, body } = fresh();
      await installation.sql(`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'out of disk' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER broken BEFORE UPDATE OF reply ON idempotent_replies
          FOR EACH ROW WHEN (NEW.reply IS NOT NULL) EXECUTE FUNCTION broken()`);
      expect((await create(key, body)).status).toBe(201); // the first sender has it all the same
      expect((await create(key, body)).json.code).toBe("IDEMPOTENCY_KEY_IN_PROGRESS");
      await age(5);
      const told = await create(key, body);
      expect(told.status).toBe(409);
      expect(told.json.code).toBe("IDEMPOTENCY_REPLY_LOST");
      expect(await count(body.email)).toEqual({ users: 1, events: 1 });
    });

    test("one that was given up and comes back late leaves nothing behind", async () => {
      const { key, body } = fresh();
      await installation.sql(slowly);
      const late = create(key, body);
      await sleep(1000);
      expect((await create(key, body)).json.code).toBe("IDEMPOTENCY_KEY_IN_PROGRESS");
      await age(5);
      const second = await create(key, body); // takes the place of the first
      expect(second.status).toBe(201);
      const first = await late;
      expect(first.status).toBe(409);
      expect(first.json.code).toBe("IDEMPOTENCY_KEY_IN_PROGRESS");
      expect(await count(body.email)).toEqual({ users: 1, events: 1 });
      expect((await create(key, body)).text).toBe(second.text);
    });
  });
});

test("survives a kill in the middle and a change of secrets", async () => {
  const OLD = "kT5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA";
  const NEW = "wQ8eR2tY6uI0oP4aS1dF5gH9jK3lZ7xC";
  let installation = await claimed({ env: { AUTH_SECRET: OLD } });
  const token = await apiToken(installation);
  const create = (key: string, body: unknown) =>
    post(installation.baseUrl, "/v1/users", body, { ...bearer(token), "idempotency-key": key });
  const restart = async (secret: string) => {
    await installation.stop({ keepData: true });
    const { dataDir } = installation;
    installation = await startInstallation({ dataDir, env: { AUTH_SECRET: secret } });
  };
  try {
    const kept = fresh();
    const first = await create(kept.key, kept.body);
    expect(first.status).toBe(201);

    const killed = fresh();
    await installation.sql(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION slow()`);
    const cut = create(killed.key, killed.body).catch(() => "cut");
    await sleep(1000);
    await installation.kill9();
    expect(await cut).toBe("cut");
    await installation.sql("DROP FUNCTION slow CASCADE");

    await restart(`${NEW},${OLD}`);
    expect((await create(kept.key, kept.body)).text).toBe(first.text);
    expect((await create(killed.key, killed.body)).json.code).toBe("IDEMPOTENCY_KEY_IN_PROGRESS");
    await installation.sql(
      "UPDATE idempotent_replies SET expires_at = now() - interval '1 second' WHERE NOT done",
    );
    expect((await create(killed.key, killed.body)).status).toBe(201);

    await restart(NEW); // what was sealed with the old one is not readable any more, and is not done again
    expect((await create(kept.key, kept.body)).status).toBe(422);
    const users = await call(installation.baseUrl, "GET", "/v1/users", { headers: bearer(token) });
    expect(users.json.total.value).toBe(3);
  } finally {
    await installation.stop();
  }
});
