import type { ReactNode } from "react";

/** The frame of every page outside the door: whose door it is at the left, the one thing to do at the right. */
export function DoorFrame({
  plate,
  aside,
  preferences,
  children,
}: {
  /** The name plate of the installation. */
  plate: ReactNode;
  /** Shown where there is room for it. */
  aside?: ReactNode;
  preferences?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[22rem_1fr] lg:grid-rows-[1fr_auto]">
      <header className="border-b border-line bg-sunken px-6 py-4 lg:border-e lg:border-b-0 lg:px-10 lg:py-10">
        <p className="flex items-center gap-3 text-lg font-semibold">{plate}</p>
        {aside && <div className="mt-16 hidden lg:block">{aside}</div>}
      </header>
      <main className="flex-1 px-6 py-10 sm:px-12 lg:row-span-2 lg:px-24 lg:py-20">
        <div className="max-w-lg">{children}</div>
      </main>
      <footer className="border-line bg-sunken px-6 py-4 max-lg:border-t lg:border-e lg:px-10 lg:py-8">
        {preferences}
      </footer>
    </div>
  );
}
