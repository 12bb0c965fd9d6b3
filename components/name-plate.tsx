import { Mark } from "./mark";

/** Whose door it is: the mark and the name beside it. */
export function NamePlate({
  name,
  mark,
  claimed = true,
  size = "size-6",
  nameClass,
}: {
  name: string;
  /** Where the installation's own mark is; null for the product's. */
  mark: string | null;
  claimed?: boolean;
  size?: string;
  nameClass?: string;
}) {
  return (
    <>
      {mark ? (
        // biome-ignore lint/performance/noImgElement: it is small already, and nobody's but this server's
        <img src={mark} alt="" className={`${size} shrink-0 object-contain`} />
      ) : (
        <Mark claimed={claimed} className={`${size} shrink-0`} />
      )}
      <span className={nameClass ?? "min-w-0 wrap-anywhere"}>{name}</span>
    </>
  );
}
