import { useAddress } from "./address/address-words";
import { WrongAddress } from "./address/wrong-address";
import { DoorFrame } from "./door-frame";
import type { Failure } from "./failure-words";
import { Message } from "./message";
import { NamePlate } from "./name-plate";
import { Button } from "./ui/button";

/** What stands instead of a page that failed. */
export function FailurePage({ words, digest, retry }: Failure) {
  const at = useAddress();
  return (
    <DoorFrame plate={<NamePlate name={words.name} mark={words.mark} size="size-7" />}>
      {at.refused ? (
        <WrongAddress at={at} />
      ) : (
        <Message title={words.title} text={words.text}>
          {digest && (
            <p className="mb-8 text-soft">
              {words.reference} <code className="font-mono text-ink">{digest}</code>
            </p>
          )}
          <Button look="primary" onClick={retry}>
            {words.retry}
          </Button>
        </Message>
      )}
    </DoorFrame>
  );
}
