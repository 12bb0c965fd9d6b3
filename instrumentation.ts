// Next compiles this file for its edge runtime too, so it knows nothing of Node, database or log: it hands over.
export { pageFailure as onRequestError } from "@/lib/platform/http/page-failure";
