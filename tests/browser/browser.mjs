// Opening a report in Chromium, with what it did on the side: errors and requests.
import { chromium } from "playwright-core";

export const work = process.env.WORK;
let browser;

export async function start() {
  // As root, as in containers, Chromium has no sandbox.
  const args = process.getuid() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
}
export const stop = () => browser.close();

/** A page of a report; `page.errors` and `page.requests` are what it did on the side. */
export async function open(hash = "", { file = "demo.html", width = 1440, height = 900, scheme = "light", js = true, before } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: js, reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  page.errors = [];
  page.requests = [];
  page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") page.errors.push(message.text()); });
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("dialog", (dialog) => { page.errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(`file://${work}/${file}`)) page.requests.push(request.url()); });
  await page.goto(`file://${work}/${file}${hash}`);
  return page;
}
