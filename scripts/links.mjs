// Every place that a comment or a document cites has to be there: files and folders, decisions by their number, headings.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const LEFT_OUT = /^(node_modules|data|generated|test-results|\.(?!env\.example$).+)$/;
/** Not read for what it cites: written by others, or citing what is not there on purpose. */
const UNREAD = /^(package-lock\.json|LICENSE|scripts\/links\.test\.ts)$/;

const FOLDERS = "app|bench|cli|components|docs|e2e|lib|messages|prisma|scripts";
/** A path from the root, perhaps with a heading. `{`, `<`, `*` and `…` stand for any name. */
const FROM_ROOT = new RegExp(
  `(?<![\\w./@-])(?:\\.\\./)*(?:${FOLDERS})/[\\w()[\\]{}<>*….,/-]*(?:#[\\w-]+)?`,
  "g",
);
/** A file by its name alone. */
/** Not one that there is said to be none of. */
const BY_NAME =
  /(?<!\b(?:no|without) (?:a )?`?)(?<![\w./@#*-])[\w-]+(?:\.[\w-]+)*\.(?:tsx?|mjs|prisma|sql|css|md|conf)\b(?!\.\w)/g;
const DECISIONS = /\bdecisions? (?<numbers>\d+(?:(?:, | and )\d+)*)/gi;
const LINK = /\]\((?<to>[^)\s]+)\)|\bsrc="(?<image>[^"]+)"/g;

const FENCED = /^```[\s\S]*?^```$/gm;

/** Path -> text of every file below `root` that is ours. */
export function allFiles(root) {
  const found = new Map();
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      if (LEFT_OUT.test(entry.name)) continue;
      const name = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) found.set(name, readFileSync(path.join(root, name), "utf8"));
    }
  };
  walk("");
  return found;
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(text) {
  const headings = text.replace(FENCED, "").matchAll(/^#+ (.+)$/gm);
  const seen = new Map();
  return new Set(
    [...headings].map(([, heading]) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    }),
  );
}

/** What a person reads of a file: a document as a whole, of code the comments. Lines stay in their places. */
function prose(name, text) {
  // What is quoted in a block may be what is to be made, or taken away.
  if (name.endsWith(".md")) return text.replace(FENCED, (block) => block.replace(/[^\n]/g, " "));
  if (name.endsWith(".example")) return text;
  if (/\.(tsx?|mjs|prisma|css)$/.test(name)) {
    const comment = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{(,])\/\/.*$/gm;
    return blankBut(text, comment);
  }
  if (/\.sql$/.test(name)) return blankBut(text, /--.*$/gm);
  return /\.conf$/.test(name) ? blankBut(text, /#.*$/gm) : "";
}

function blankBut(text, pattern) {
  let kept = "";
  let end = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    kept += text.slice(end, index).replace(/[^\n]/g, " ") + match;
    end = index + match.length;
  }
  return kept;
}

/** A path without what ends the sentence or the bracket that it stands in. */
function withoutPunctuation(cited) {
  const plain = cited.replace(/[.,/]+$/, "");
  const isClosed = plain.split("(").length === plain.split(")").length;
  return isClosed ? plain : withoutPunctuation(plain.replace(/\)$/, ""));
}

/** Sentences about every place that is cited in these files (path -> text) and is not there. */
export function deadLinks(files) {
  const folders = new Set();
  for (const name of files.keys()) {
    for (let at = path.posix.dirname(name); at !== "."; at = path.posix.dirname(at))
      folders.add(at);
  }
  const names = new Set([...files.keys()].map((name) => path.posix.basename(name)));
  const places = [...files.keys(), ...folders];
  const decisions = new Set(
    places.map((name) => Number(/^docs\/decisions\/(\d{4})-/.exec(name)?.[1] ?? Number.NaN)),
  );

  const isThere = (place) => {
    if (files.has(place) || folders.has(place)) return true;
    if (/[{<*…]/.test(place)) {
      const pattern = place
        .split(/\{[^}]*\}|<[^>]*>|\*+|…/)
        .map((part) => part.replace(/[.()[\]+?^$|\\]/g, "\\$&"))
        .join(".*");
      return places.some((one) => new RegExp(`^${pattern}$`).test(one));
    }
    // By the beginning of its name, as decisions and modules are cited.
    return places.some((one) => one.startsWith(`${place}.`) || one.startsWith(`${place}-`));
  };
  const hasHeading = (place, heading) =>
    heading === undefined || anchorsOf(files.get(place) ?? "").has(heading);

  const found = [];
  for (const [name, text] of files) {
    if (UNREAD.test(name)) continue;
    const read = prose(name, text);
    const told = (index, what) => {
      const line = read.slice(0, index).split("\n").length;
      found.push(`${name}:${line} cites ${what}, which is not there`);
    };
    const here = path.posix.dirname(name);
    const linked = new Set();
    if (name.endsWith(".md")) {
      for (const { groups, index, 0: match } of read.matchAll(LINK)) {
        const to = groups.to ?? groups.image;
        for (let at = index; at < index + match.length; at++) linked.add(at);
        if (/^[a-z]+:/.test(to)) continue;
        const [file, heading] = to.split("#");
        const place = file === "" ? name : path.posix.join(here, file).replace(/\/$/, "");
        if (!(files.has(place) || folders.has(place)) || !hasHeading(place, heading))
          told(index, to);
      }
    }
    for (const { 0: match, index } of read.matchAll(FROM_ROOT)) {
      if (linked.has(index)) continue;
      const [cited = ""] = match.split("](");
      const [written, heading] = withoutPunctuation(cited).split("#");
      const place = written.replace(/^(\.\.\/)+/, "");
      if (!isThere(place) || !hasHeading(place, heading)) told(index, cited);
    }
    for (const { 0: match, index } of read.matchAll(BY_NAME)) {
      if (!linked.has(index) && !names.has(match)) told(index, match);
    }
    for (const { groups, index } of read.matchAll(DECISIONS)) {
      for (const number of groups.numbers.match(/\d+/g)) {
        if (!decisions.has(Number(number))) told(index, `decision ${number}`);
      }
    }
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = allFiles(path.resolve(import.meta.dirname, ".."));
  const found = deadLinks(files);
  process.stdout.write(found.map((sentence) => `${sentence}\n`).join(""));
  process.stdout.write(`${files.size} files, ${found.length} places cited that are not there\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
