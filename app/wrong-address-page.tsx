import { viewAddress } from "@/components/address/visited";
import { WrongAddress } from "@/components/address/wrong-address";
import { DoorFrame } from "@/components/door-frame";
import { needsSetup } from "@/lib/bootstrap/installation";
import { OwnPlate } from "./own-plate";
import { readAddress } from "./read-address";

/** Without preferences: they are forms, and forms are what is not accepted here. */
export async function WrongAddressPage() {
  const claimed = !(await needsSetup().catch(() => false));
  return (
    <DoorFrame plate={<OwnPlate claimed={claimed} size="size-7" />}>
      <WrongAddress at={viewAddress(await readAddress(), null)} />
    </DoorFrame>
  );
}
