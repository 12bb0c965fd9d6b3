import { WrongAddress } from "@/components/address/wrong-address";
import { DoorFrame } from "@/components/door-frame";
import { needsSetup } from "@/lib/bootstrap/installation";

/** Without preferences: they are forms, and forms are what is not accepted here. */
export async function WrongAddressPage() {
  return (
    <DoorFrame claimed={!(await needsSetup().catch(() => false))}>
      <WrongAddress />
    </DoorFrame>
  );
}
