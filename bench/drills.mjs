// The tests of bench/drills: servers and databases killed, frozen and cut in more ways than `npm test` has the time
// for, and a fork that runs all of its own tests. They take long, so they run only when they are named.
import { runTests } from "./support/run-tests.mjs";

const run = ({ signal }) => runTests(["--project=drills"], { aim: "passes", signal });

export default { title: "Drills", run, onlyWhenNamed: true, onlyTests: true };
