import localFont from "next/font/local";

/** Cut down to Latin letters and the weights that are used: README.md here says how. */
export const geistSans = localFont({
  src: "./geist-sans.woff2",
  variable: "--font-geist-sans",
  weight: "400 600",
});
