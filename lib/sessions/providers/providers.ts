import { passkey } from "./passkey";
import { password } from "./password";
import type { Provider } from "./provider";

/** The ways of signing in, in the order in which the sign-in page shows them. */
export const PROVIDERS: readonly Provider[] = [password, passkey];
