/** Where password managers look for the page that changes a password (W3C, "A Well-Known URL for Changing Passwords"). */
export function GET(): Response {
  return new Response(null, {
    status: 302,
    headers: { Location: "/account/security#change-password" },
  });
}
