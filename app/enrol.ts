/** Where a second factor is set up. By itself, so that the page to sign in brings nothing of the administration along. */
export const ENROL = "/account/second-factor";
