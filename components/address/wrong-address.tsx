import type { ReactNode } from "react";
import { Message } from "../message";
import { buttonStyle } from "../ui/button-style";
import { Notice } from "../ui/notice";
import { textLinkStyle } from "../ui/text-link-style";
import { KEEP_HOST } from "./keep-host";
import type { AddressView } from "./visited";

/** What AddressNotice says. */
export function WrongAddressNotice({ at, className }: { at: AddressView; className?: string }) {
  const { refused, say, configured } = at;
  return (
    <div className={className}>
      <Notice tone={refused ? "danger" : "warning"} role="status">
        <p className="font-semibold text-pretty">{say("title")}</p>
        <p className="mt-1 text-pretty wrap-anywhere">{say(refused ? "refused" : "text")}</p>
        <p className="mt-2 wrap-anywhere">
          <a href={configured} className={textLinkStyle}>
            {say("open")}
          </a>
        </p>
        <Lines at={at} />
      </Notice>
    </div>
  );
}

/** Instead of a page: the form was refused because of the address it was sent from. */
export function WrongAddress({ at }: { at: AddressView }) {
  const { say, configured } = at;
  return (
    <Message title={say("title")} text={say("notSent")}>
      <p className="mb-8 text-pretty wrap-anywhere">{say("text")}</p>
      <a
        href={configured}
        className={`${buttonStyle({ look: "primary" })} max-w-full wrap-anywhere`}
      >
        {say("open")}
      </a>
      <div className="mt-8">
        <Lines at={at} />
      </div>
    </Message>
  );
}

/** What the operator changes. */
function Lines({ at }: { at: AddressView }) {
  const { say, visited, certain, hostChanged } = at;
  return (
    <>
      <p className="mt-3 text-sm text-pretty">{say(certain ? "operator" : "operatorUnsure")}</p>
      <Line>{`BASE_URL=${certain ? visited : EXAMPLE}`}</Line>
      {hostChanged && (
        <>
          <p className="mt-3 text-sm text-pretty wrap-anywhere">{say("host")}</p>
          <Line>{KEEP_HOST}</Line>
        </>
      )}
    </>
  );
}

const EXAMPLE = "https://app.example.com";

function Line({ children }: { children: ReactNode }) {
  return (
    <p className="mt-1 font-mono text-sm wrap-anywhere">
      <code>{children}</code>
    </p>
  );
}
