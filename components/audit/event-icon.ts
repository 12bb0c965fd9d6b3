import { Cog } from "@/components/ui/icons/cog";
import { Download } from "@/components/ui/icons/download";
import { FileClock } from "@/components/ui/icons/file-clock";
import type { Icon } from "@/components/ui/icons/icon";
import { KeyRound } from "@/components/ui/icons/key-round";
import { LogIn } from "@/components/ui/icons/log-in";
import { LogOut } from "@/components/ui/icons/log-out";
import { ShieldCheck } from "@/components/ui/icons/shield-check";
import { SlidersHorizontal } from "@/components/ui/icons/sliders-horizontal";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";
import { UserRound } from "@/components/ui/icons/user-round";
import { UserRoundCheck } from "@/components/ui/icons/user-round-check";
import type { EventView } from "@/lib/audit/event-view";

const ICONS = {
  alert: TriangleAlert,
  download: Download,
  event: FileClock,
  job: Cog,
  key: KeyRound,
  recognized: UserRoundCheck,
  role: ShieldCheck,
  signedIn: LogIn,
  settings: SlidersHorizontal,
  signedOut: LogOut,
  user: UserRound,
} satisfies Record<string, Icon>;

/** By action where it has one of its own, by what it happened to otherwise. */
const NAMES: Record<string, keyof typeof ICONS> = {
  "installation.claimed": "key",
  "installation.reopened": "alert",
  "session.started": "signedIn",
  "session.ended": "signedOut",
  "session.refreshReused": "alert",
  "session.blocked": "alert",
  "session.recognized": "recognized",
  "session.disowned": "alert",
  "users.invited": "user",
  "user.dataExported": "download",
  "users.exported": "download",
  "audit.exported": "download",
  user: "user",
  joinLink: "key",
  joinRequest: "user",
  role: "role",
  token: "key",
  job: "job",
  settings: "settings",
};

/** The icon of an event, and under which name a sprite has it. */
export function eventIcon({ action }: EventView): { name: string; icon: Icon } {
  const name = NAMES[action] ?? NAMES[action.split(".")[0] ?? ""] ?? "event";
  return { name, icon: ICONS[name] };
}
