import { viewAddress } from "@/components/address/visited";
import { WrongAddress } from "@/components/address/wrong-address";
import { DoorFrame } from "@/components/door-frame";
import { needsSetup } from "@/lib/bootstrap/installation";
import { readAddress } from "./read-address";

/** Without preferences: they are forms, and forms are what is not accepted here. */
export async function WrongAddressPage() {
  return (
    <DoorFrame claimed={!(await needsSetup().catch(() => false))}>
      <WrongAddress at={viewAddress(await readAddress(), null)} />
    </DoorFrame>
  );
}
