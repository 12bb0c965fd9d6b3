import { processWide } from "./process-wide";

/** Tells a loop of this process that there is something to do, so that it need not look all the time. */
export class Bell {
  #rung = false;
  #wake = () => {};

  /** One bell of that name in this process, whichever copy of a module asks. */
  static named(name: string): Bell {
    return processWide(`bell-${name}`, () => new Bell());
  }

  /** Whether it has rung since a loop heard it last. */
  get hasRung(): boolean {
    return this.#rung;
  }

  /** Not lost when nobody listens at the moment. */
  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Until it has rung since the last time, `withinMs` have passed, or the loop is to stop. For one listener. */
  async heard(stopping: AbortSignal, withinMs: number): Promise<void> {
    // A timer of its own: in AbortSignal.any Node 20 loses a timeout with the next garbage collection, and the loop would
    // sleep until the bell rings.
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(look);
        stopping.removeEventListener("abort", wake);
        resolve();
      };
      const look = setTimeout(wake, withinMs);
      this.#wake = wake;
      stopping.addEventListener("abort", wake);
      if (this.#rung || stopping.aborted) wake();
    });
    this.#rung = false;
  }
}
