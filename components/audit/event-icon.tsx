import {
  Cog,
  Download,
  FileClock,
  type Icon,
  KeyRound,
  LogIn,
  LogOut,
  ShieldCheck,
  TriangleAlert,
  UserRound,
  UserRoundCheck,
} from "@/components/ui/icons";
import type { EventView } from "@/lib/audit/event-view";
import { isNotable } from "./describe-event";

/** By action where it has one of its own, by what it happened to otherwise. */
const ICONS: Record<string, Icon> = {
  "installation.claimed": KeyRound,
  "installation.reopened": TriangleAlert,
  "session.started": LogIn,
  "session.ended": LogOut,
  "session.refreshReused": TriangleAlert,
  "session.blocked": TriangleAlert,
  "session.recognized": UserRoundCheck,
  "session.disowned": TriangleAlert,
  "users.exported": Download,
  "audit.exported": Download,
  user: UserRound,
  role: ShieldCheck,
  token: KeyRound,
  job: Cog,
};

export function EventIcon({ event }: { event: EventView }) {
  const Icon = ICONS[event.action] ?? ICONS[event.action.split(".")[0] ?? ""] ?? FileClock;
  return (
    <span
      className={`mt-1 grid size-8 shrink-0 place-items-center rounded-full ${isNotable(event) ? "bg-danger-tint text-danger" : "bg-sunken text-soft"}`}
    >
      <Icon className="size-4" aria-hidden="true" />
    </span>
  );
}
