// build.js: compiles the addon into prebuilds/PLATFORM-ARCH with the C compiler of the machine.
//   ASSESS_PREFIX    where libassess is installed, else pkg-config is asked
//   ASSESS_INCLUDE, ASSESS_LIBRARY, ASSESS_RULES    the same one by one, as in a build tree
//   --bundle         puts libassess, what it needs beyond the C library and libcrypto, and the rules beside the addon, for `npm pack`
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "prebuilds", `${process.platform}-${process.arch}`);
const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** The headers of Node-API: of this Node, or of the package node-api-headers. */
function nodeHeaders() {
  const own = join(dirname(dirname(realpathSync(process.execPath))), "include", "node");
  if (existsSync(join(own, "node_api.h"))) return own;
  try {
    return createRequire(import.meta.url)("node-api-headers").include_dir;
  } catch {
    throw new Error("expected node_api.h beside node or the package node-api-headers but found neither: run npm install");
  }
}

function installedPrefix() {
  try {
    return run("pkg-config", "--variable=prefix", "assess").trim();
  } catch {
    console.error("expected libassess to be installed, or ASSESS_PREFIX to name where, but pkg-config does not know it");
    process.exit(1);
  }
}

function library() {
  const prefix = process.env.ASSESS_PREFIX ?? (process.env.ASSESS_LIBRARY ? "" : installedPrefix());
  return {
    include: process.env.ASSESS_INCLUDE ?? join(prefix, "include"),
    lib: process.env.ASSESS_LIBRARY ?? join(prefix, "lib"),
    rules: process.env.ASSESS_RULES ?? join(prefix, "share", "assess", "rules"),
  };
}

/** RPATH and not RUNPATH: what libassess needs is looked for beside the addon as well. */
function compile({ include, lib }, bundle) {
  const sources = readdirSync(join(root, "src")).filter((name) => name.endsWith(".c")).map((name) => join(root, "src", name));
  const path = bundle ? "$ORIGIN" : lib;
  const sanitizers = process.env.ASSESS_SANITIZE ? [`-fsanitize=${process.env.ASSESS_SANITIZE}`] : [];
  run(process.env.CC ?? "cc", "-std=c11", "-O2", "-g", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", `-ffile-prefix-map=${root}=.`, ...sanitizers,
      `-I${nodeHeaders()}`, `-I${include}`, ...sources, "-o", join(out, "assess.node"),
      `-L${lib}`, "-Wl,--disable-new-dtags", `-Wl,-rpath,${path}`, "-lassess");
}

/** Libraries that a machine may lack or have in another version. libcrypto is left to the machine, which keeps it safe. */
const BUNDLED = /^(libassess\.so|liblua5\.4|libutf8proc|libsqlite3)/;

function bundleFiles({ lib, rules }) {
  const found = run("ldd", join(lib, "libassess.so")).matchAll(/^\s*(\S+) => (\S+)/gm);
  for (const [, name, path] of found) if (BUNDLED.test(name)) copyFileSync(realpathSync(path), join(out, name));
  copyFileSync(realpathSync(join(lib, "libassess.so.0")), join(out, "libassess.so.0"));
  cpSync(rules, join(out, "rules"), { recursive: true, filter: (path) => !/\.(md|d\.lua)$/.test(path) });
  const notices = { liblua: "liblua5.4-0", libutf8proc: "libutf8proc2", libsqlite3: "libsqlite3-0" };
  for (const [name, owner] of Object.entries(notices)) {
    const text = `/usr/share/doc/${owner}/copyright`;
    if (existsSync(text)) copyFileSync(text, join(out, `${name}.copyright.txt`));
  }
  for (const name of ["LICENSE", "NOTICE"]) {
    const text = join(process.env.ASSESS_SOURCE ?? join(root, "..", ".."), name);
    if (existsSync(text)) copyFileSync(text, join(out, name));
  }
}

const bundle = process.argv.includes("--bundle");
const where = library();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
compile(where, bundle);
if (bundle) bundleFiles(where);
console.error(`built ${basename(out)}/assess.node${bundle ? " with its libraries and rules" : ""}`);
