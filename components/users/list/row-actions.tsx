import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { RepeatedIcon } from "@/components/ui/repeated-icon";
import { useOpening } from "@/components/ui/use-opening";
import type { RowMenu as Menu } from "./row-menu";

const RowMenu = lazy(async () => ({ default: (await import("./row-menu")).RowMenu }));

/** The button of a row's menu, which is loaded when the first is opened. */
export function RowActions(props: Omit<ComponentProps<typeof Menu>, "opened">) {
  const users = useTranslations("users");
  const { opened, opener } = useOpening();
  const button = (
    <Button
      look="quiet"
      size="sm"
      aria-label={users("actionsFor", { name: props.user.name })}
      {...opener}
    >
      <RepeatedIcon name="actions" className="size-5" />
    </Button>
  );
  if (opened === undefined) return button;
  return (
    <Suspense fallback={button}>
      <RowMenu {...props} opened={opened} />
    </Suspense>
  );
}
