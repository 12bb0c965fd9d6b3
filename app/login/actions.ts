"use server";

import { redirect } from "next/navigation";
import type { SignInState } from "@/components/sign-in/sign-in-form";
import { signInBrowser } from "@/lib/sessions/auth";
import { formFields } from "../form-fields";
import { safeNext } from "./safe-next";

export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const { email, password, next } = formFields(form, "email", "password", "next");
  if (email.trim() === "" || password === "") return { kind: "refused", reason: "missing", email };
  const outcome = await signInBrowser({ email, password });
  switch (outcome.kind) {
    case "signedIn":
      return redirect(safeNext(next));
    case "invalidCredentials":
      return { kind: "refused", reason: outcome.kind, email };
    default:
      return { kind: "wait", reason: outcome.kind, retryAfter: outcome.retryAfter, email };
  }
}
