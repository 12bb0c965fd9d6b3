import { write, writeSync } from "node:fs";

/** What may wait for a slow reader. */
const WAITING_MAX_BYTES = 256 * 1024;
const BATCH_BYTES = 64 * 1024;
const RETRY_MS = 200;
const LINE_BREAK = 10;

/** `note`: how many missing lines it tells of. `midLine`: it continues a line of which the beginning is written. */
type Batch = { bytes: Buffer; note: number; midLine: boolean };

/**
 * Where log lines go. They are written beside the work, which never waits for them. What meets a full disk, or has no
 * place left behind a reader that does not read, is dropped and counted, and once there is room a line says how many
 * are missing. A line that was begun is finished first, so that every line is whole.
 */
export class LogDestination {
  readonly #fd: number;
  readonly #missing: (lines: number, reason: string) => string;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** What comes before all that waits. */
  #next: Batch | null = null;
  #writing = false;
  #retry: NodeJS.Timeout | undefined;
  #dropped = 0;
  #reason = "";
  #flushed: (() => void)[] = [];

  /** @param missing makes the line that says how many lines are missing, and why */
  constructor(fd: number, missing: (lines: number, reason: string) => string) {
    this.#fd = fd;
    this.#missing = missing;
  }

  /** Takes one line, its line break included. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#waitingBytes + bytes.length > WAITING_MAX_BYTES) this.#drop(1, "not read in time");
    else {
      this.#waiting.push(bytes);
      this.#waitingBytes += bytes.length;
    }
    this.#advance();
  }

  /** Resolves when everything is written, or after `patienceMs` when it cannot be. */
  async flush(patienceMs = 500): Promise<void> {
    if (!this.#writing && this.#next === null && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#flushed.push(resolve);
      setTimeout(resolve, patienceMs);
    });
  }

  /** For the very end of a process, where nothing can be waited for: tries once. */
  flushSync(): void {
    if (this.#writing) return;
    for (let batch = this.#take(); batch !== null; batch = this.#take()) {
      try {
        writeSync(this.#fd, batch.bytes);
        this.#dropped -= batch.note;
      } catch {
        return;
      }
    }
  }

  #drop(lines: number, reason: string): void {
    this.#dropped += lines;
    this.#reason = reason;
  }

  #advance(): void {
    if (this.#writing || this.#retry !== undefined) return;
    const batch = this.#take();
    if (batch === null) {
      for (const resolve of this.#flushed.splice(0)) resolve();
      return;
    }
    this.#writing = true;
    write(this.#fd, batch.bytes, (error, written) => {
      this.#writing = false;
      if (error === null && written > 0) this.#wrote(batch, written);
      else this.#failed(batch, error?.code ?? "EAGAIN");
    });
  }

  #wrote({ bytes, note }: Batch, written: number): void {
    this.#dropped -= note;
    if (written < bytes.length) {
      const midLine = bytes[written - 1] !== LINE_BREAK;
      this.#next = { bytes: bytes.subarray(written), note: 0, midLine };
    }
    this.#advance();
  }

  #failed(batch: Batch, code: string): void {
    if (code === "EAGAIN") {
      if (batch.note === 0) this.#next = batch; // a reader that is slow may yet read it
    } else {
      // Lost with all that waits, but for the line that stands there in half.
      const kept = batch.midLine ? batch.bytes.indexOf(LINE_BREAK) + 1 : 0;
      if (kept > 0) this.#next = { ...batch, bytes: batch.bytes.subarray(0, kept) };
      const lost = batch.note === 0 ? linesIn(batch.bytes.subarray(kept)) : 0;
      this.#drop(lost + this.#waiting.length, code);
      this.#waiting = [];
      this.#waitingBytes = 0;
    }
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#advance();
    }, RETRY_MS).unref();
  }

  #take(): Batch | null {
    const next = this.#next;
    this.#next = null;
    if (next !== null) return next;
    if (this.#dropped > 0) {
      const bytes = Buffer.from(this.#missing(this.#dropped, this.#reason));
      return { bytes, note: this.#dropped, midLine: false };
    }
    let size = 0;
    let count = 0;
    while (size < BATCH_BYTES && count < this.#waiting.length)
      size += this.#waiting[count++]?.length ?? 0;
    if (count === 0) return null;
    this.#waitingBytes -= size;
    return { bytes: Buffer.concat(this.#waiting.splice(0, count)), note: 0, midLine: false };
  }
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (const byte of bytes) if (byte === LINE_BREAK) lines++;
  return lines;
}
