import { NothingHere } from "./nothing-here";

/**
 * What the framework itself has nothing for: a script of another release, say. Addresses of pages are `[...unknown]`.
 * Every page brings this one along, so it is no more than it says.
 */
export default function NotFound() {
  return (
    <main className="px-6 py-10">
      <NothingHere />
    </main>
  );
}
