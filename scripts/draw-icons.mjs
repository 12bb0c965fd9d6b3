// Draws what cannot be an SVG from app/icon.svg: app/favicon.ico for whoever asks for nothing else, app/apple-icon.png for a
// home screen. Run by hand when the mark has changed:
//
//   node scripts/draw-icons.mjs
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright/test";
import { findBrowser } from "./find-browser.mjs";

const ICO_SIZES = [16, 32, 48];
const APPLE_SIZE = 180;
/** A home screen rounds the corners itself, and would show black where they are cut already. */
const APPLE_GROUND = "#e3b857";

const mark = await readFile("app/icon.svg", "utf8");
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const page = await browser.newPage();
  const draw = async (size, ground = "transparent") => {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>html{background:${ground}}body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${mark}`,
    );
    return page.screenshot({ omitBackground: true });
  };
  const images = [];
  for (const size of ICO_SIZES) images.push({ size, png: await draw(size) });
  await writeFile("app/favicon.ico", ico(images));
  await writeFile("app/apple-icon.png", await draw(APPLE_SIZE, APPLE_GROUND));
} finally {
  await browser.close();
}

/** An icon file of PNG images: a header, an entry of 16 bytes for each, the images. */
function ico(images) {
  const ENTRY = 16;
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + images.length * ENTRY;
  const entries = images.map(({ size, png }) => {
    const entry = Buffer.alloc(ENTRY);
    entry.writeUInt8(size, 0);
    entry.writeUInt8(size, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...images.map(({ png }) => png)]);
}
