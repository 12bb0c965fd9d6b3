import type { ReactNode } from "react";
import { DoorFrame } from "@/components/door-frame";
import { YourPreferences } from "./your-preferences";

/** A page that only says something, and leads on. */
export function MessagePage({
  title,
  text,
  children,
}: {
  title: string;
  text: ReactNode;
  children?: ReactNode;
}) {
  return (
    <DoorFrame preferences={<YourPreferences />}>
      <h1 className="text-2xl font-semibold text-balance">{title}</h1>
      <p className="mt-3 text-lg text-soft text-pretty">{text}</p>
      {children && <div className="mt-8">{children}</div>}
    </DoorFrame>
  );
}
