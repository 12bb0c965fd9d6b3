// The races of e2e/races, thirty times as long as in `npm test`: what is rare shows only after thousands of rounds. An
// hour on two cores, so it runs only when it is named; --times for more or fewer.
import { runTests } from "./support/run-tests.mjs";

const run = ({ times = 30, signal }) =>
  runTests(["e2e/races"], {
    aim: "held in every round",
    env: { LATCHKEY_RACE_TIMES: String(times) },
    signal,
  });

export default { title: "Races", run, onlyWhenNamed: true, onlyTests: true };
