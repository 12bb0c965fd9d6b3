import type { ComponentProps } from "react";
import { DoorFrame } from "@/components/door-frame";
import { Message } from "@/components/message";
import { OwnPlate } from "./own-plate";
import { YourPreferences } from "./your-preferences";

/** A page that only says something, and leads on. */
export function MessagePage(message: ComponentProps<typeof Message>) {
  return (
    <DoorFrame plate={<OwnPlate size="size-7" />} preferences={<YourPreferences />}>
      <Message {...message} />
    </DoorFrame>
  );
}
