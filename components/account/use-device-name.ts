import { useTranslations } from "next-intl";
import { describeDevice } from "./describe-device";

/** What to call the device behind a User-Agent. */
export function useDeviceName(): (userAgent: string | null) => string {
  const t = useTranslations("sessions");
  return (userAgent) => {
    const device = describeDevice(userAgent);
    if (device?.browser && device.system) {
      return t("browserOnSystem", { browser: device.browser, system: device.system });
    }
    return device?.browser ?? device?.system ?? t("unknownDevice");
  };
}
