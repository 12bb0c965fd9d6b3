// Signing in and refreshing, as many a second as the machine gives: sign-ins beside the bare comparison that each of
// them has to make, with bcrypt at the default cost and with argon2id; refreshes beside sign-ins with bcrypt at cost 10.
import { availableParallelism } from "node:os";
import { verify as verifyArgon2 } from "@node-rs/argon2";
import autocannon from "autocannon";
import bcrypt from "bcrypt";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";
import { addPeople, signInRequest } from "./support/sign-ins.mjs";

const CORES = availableParallelism();
/** Enough at once to keep every core busy, and fewer than may wait to be hashed. */
const AT_ONCE = 8 * CORES;
const ROUNDS = 3;
const SECONDS = 6;
const PASSWORD = "SecurePass123";
/** One for each connection: one client may try one account ten times at once. */
const EMAILS = Array.from({ length: AT_ONCE }, (_, n) => `person${n}@example.com`);

async function perSecond(options) {
  const result = await autocannon({ connections: AT_ONCE, duration: SECONDS, ...options });
  const refused = result.non2xx + result.errors;
  if (refused > 0)
    throw new Error(`${refused} were refused: ${JSON.stringify(result.statusCodeStats)}`);
  return result["2xx"] / result.duration;
}

const signIns = (installation) =>
  perSecond({
    url: `${installation.baseUrl}/api/auth/login`,
    requests: [signInRequest(EMAILS, PASSWORD)],
  });

/** As many sessions as connections: each request takes the token that one of them was given last. */
async function refreshes(installation) {
  const cookies = [];
  for (const email of EMAILS) {
    cookies.push(await installation.refreshCookie({ email, password: PASSWORD }));
  }
  return perSecond({
    url: `${installation.baseUrl}/api/auth/refresh`,
    requests: [
      {
        method: "POST",
        setupRequest: (request) => ({ ...request, headers: { cookie: cookies.shift() } }),
        onResponse: (_status, _body, _context, headers) => {
          cookies.push(headers["set-cookie"].split(";")[0]);
        },
      },
    ],
  });
}

/** Comparisons a second with the stored hash, all cores busy with nothing else. */
async function barePerSecond(hash) {
  const compare = () =>
    hash.startsWith("$argon2id$") ? verifyArgon2(hash, PASSWORD) : bcrypt.compare(PASSWORD, hash);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  let count = 0;
  const core = async () => {
    while (seconds() < SECONDS / 2) {
      if (!(await compare())) throw new Error("The stored hash is of another password.");
      count++;
    }
  };
  await Promise.all(Array.from({ length: CORES }, core));
  return count / seconds();
}

async function measure(env, { signal, alsoRefresh = false }) {
  const installation = await startInstallation({ signal, env });
  try {
    const hash = await addPeople(installation, EMAILS);
    await signIns(installation); // warm
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const bare = await barePerSecond(hash);
      const signedIn = await signIns(installation);
      const refreshed = alsoRefresh ? await refreshes(installation) : 0;
      rounds.push({ bare, signedIn, refreshed });
    }
    return {
      bare: median(rounds.map(({ bare }) => bare)),
      signedIn: median(rounds.map(({ signedIn }) => signedIn)),
      share: median(rounds.map(({ bare, signedIn }) => signedIn / bare)),
      refreshed: median(rounds.map(({ refreshed }) => refreshed)),
      times: median(rounds.map(({ refreshed, signedIn }) => refreshed / signedIn)),
    };
  } finally {
    await installation.stop();
  }
}

const row = (what, { bare, signedIn, share }, aim) => ({
  what: `${what}: sign-ins/s beside bare comparisons/s on ${CORES} cores`,
  measured: `${signedIn.toFixed(1)} / ${bare.toFixed(1)}: ${share.toFixed(2)}`,
  aim: `at least ${aim}`,
  met: share >= aim,
});

async function run({ signal }) {
  const bcryptDefault = await measure({}, { signal });
  const argon2id = await measure({ PASSWORD_HASH: "argon2id" }, { signal });
  const bcrypt10 = await measure({ BCRYPT_COST: "10" }, { signal, alsoRefresh: true });
  const rows = [
    row("bcrypt, default cost", bcryptDefault, 0.9),
    row("bcrypt, cost 10", bcrypt10, 0.96),
    row("argon2id", argon2id, 0.7),
    {
      what: "refreshes/s beside bcrypt-10 sign-ins/s",
      measured: `${bcrypt10.refreshed.toFixed(0)} / ${bcrypt10.signedIn.toFixed(1)}: ${bcrypt10.times.toFixed(1)} times`,
      aim: "at least 25 times",
      met: bcrypt10.times >= 25,
    },
  ];
  return { rows };
}

export default { title: "Signing in", run };
