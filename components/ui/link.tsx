import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A way to another page of ours. Nothing is fetched before somebody goes there: each page is drawn for who asks and
 * has no part that could be shown sooner, so what Next would ask for, twice a link as it comes into view, is of no use.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
