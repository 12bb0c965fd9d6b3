import {
  IMAGE_MAX_BYTES,
  IMAGE_MAX_SIDE,
  IMAGE_MIN_SIDE,
  type ImageType,
  type SettingRule,
} from "./schema";

type Found = { type: ImageType; width: number; height: number };

/**
 * What an uploaded image is, by its own bytes and not by what is said of it: PNG, JPEG or WebP, whole and with nothing
 * behind its end, so that it cannot be something else as well. SVG is a document that runs scripts and is none of them.
 *
 * @returns the rule that it breaks, else its media type
 */
export function readImage(bytes: Uint8Array): { rule: SettingRule } | { type: ImageType } {
  if (bytes.length > IMAGE_MAX_BYTES) return { rule: "imageTooLarge" };
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = readPng(data) ?? readJpeg(data) ?? readWebp(data);
  if (found === null) return { rule: "imageKind" };
  const sides = [found.width, found.height];
  return sides.every((side) => side >= IMAGE_MIN_SIDE && side <= IMAGE_MAX_SIDE)
    ? { type: found.type }
    : { rule: "imageSize" };
}

const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/** PNG, 5: chunks of length, type, data and checksum; IHDR first, IEND last. */
function readPng(data: Buffer): Found | null {
  if (!data.subarray(0, 8).equals(PNG_SIGNATURE)) return null;
  let size: { width: number; height: number } | null = null;
  for (let at = 8; at + 12 <= data.length; ) {
    const length = data.readUInt32BE(at);
    const type = data.toString("latin1", at + 4, at + 8);
    const end = at + 12 + length;
    if (end > data.length) return null;
    if (size === null) {
      if (type !== "IHDR" || length !== 13) return null;
      size = { width: data.readUInt32BE(at + 8), height: data.readUInt32BE(at + 12) };
    }
    if (type === "IEND") return end === data.length ? { type: "image/png", ...size } : null;
    at = end;
  }
  return null;
}

/** Frame headers that tell the size (JPEG, B.1.1.3): SOF0 to SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** JPEG, B.1: segments of marker, length and data up to the first scan; EOI last. */
function readJpeg(data: Buffer): Found | null {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null;
  if (data.readUInt16BE(data.length - 2) !== 0xffd9) return null;
  let found: Found | null = null;
  for (let at = 2; at + 4 <= data.length; ) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    const length = data.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > data.length) return null;
    if (isFrame(marker)) {
      if (length < 8) return null;
      found = {
        type: "image/jpeg",
        height: data.readUInt16BE(at + 5),
        width: data.readUInt16BE(at + 7),
      };
    }
    if (marker === 0xda) return found;
    at = end;
  }
  return null;
}

/** WebP container: `RIFF`, the size of what follows, `WEBP`, and a first chunk that tells the size of the picture. */
function readWebp(data: Buffer): Found | null {
  if (data.length < 30) return null;
  if (data.toString("latin1", 0, 4) !== "RIFF" || data.toString("latin1", 8, 12) !== "WEBP") {
    return null;
  }
  if (data.readUInt32LE(4) !== data.length - 8) return null;
  const type = "image/webp" as const;
  switch (data.toString("latin1", 12, 16)) {
    case "VP8 ":
      if (data.readUIntBE(23, 3) !== 0x9d012a) return null;
      return {
        type,
        width: data.readUInt16LE(26) & 0x3fff,
        height: data.readUInt16LE(28) & 0x3fff,
      };
    case "VP8L": {
      if (data[20] !== 0x2f) return null;
      const bits = data.readUInt32LE(21);
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { type, width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}
