// support.js: where the rules and examples of the source tree are.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const SOURCE = process.env.ASSESS_SOURCE ?? join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
process.chdir(SOURCE); // reasons name input files by the paths that were given, and the golden files were made here
export const YEAR_END = join(SOURCE, "examples", "year-end");
export const BUREAU = { rules: "bureau", folders: [join(SOURCE, "rules")], period: "2026" };
export const ITEMS = ["virtue", "ability", "diligence", "performance", "integrity"];
