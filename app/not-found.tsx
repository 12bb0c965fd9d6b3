import { MessagePage } from "./message-page";
import { NothingHere } from "./nothing-here";

/** What the framework itself has nothing for: a script of another release, say. Addresses of pages are `[...unknown]`. */
export default function NotFound() {
  return <NothingHere Frame={MessagePage} />;
}
