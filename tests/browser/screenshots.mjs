// Pictures of the demonstration report, small enough to be kept: tests/browser/screenshots [FOLDER]
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { open, start, stop } from "./browser.mjs";

const folder = process.argv[2] || "../../reports/screenshots";
mkdirSync(folder, { recursive: true });
await start();
for (const [name, hash, options] of [
  ["summary-light", "", { width: 1440, height: 880 }],
  ["summary-dark", "", { width: 1440, height: 880, scheme: "dark" }],
  ["reference-light", "#ref-11", { width: 1440, height: 880 }],
  ["reference-dark", "#ref-11", { width: 1440, height: 880, scheme: "dark" }],
  ["translate-light", "#todo", { width: 1440, height: 880 }],
  ["summary-narrow-light", "", { width: 360, height: 800 }],
  ["reference-narrow-dark", "#ref-11", { width: 360, height: 800, scheme: "dark" }],
]) {
  const page = await open(hash, options);
  await page.waitForTimeout(200);
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path });
  // A page of text has few colours.
  try { execFileSync("pngquant", ["--force", "--ext", ".png", "64", path]); } catch { /* larger without */ }
  console.log(`${path}: ${statSync(path).size} bytes`);
  await page.context().close();
}
await stop();
