// What a reader with another screen, or none, gets of the report.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { open, start, stop } from "./browser.mjs";

before(start);
after(stop);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), tags);
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html + " " + node.failureSummary).join("\n  ")}`);
}

for (const width of [360, 1440]) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing at ${width} px, ${scheme}`, async () => {
      for (const hash of ["", "#references", "#ref-11", "#ref-53", "#todo"]) {
        const page = await open(hash, { width, scheme });
        assert.deepEqual(await violations(page), [], `at ${hash || "the summary"}`);
        await page.context().close();
      }
      const page = await open("#references", { width, scheme });
      await page.keyboard.press("?");
      assert.deepEqual(await violations(page), [], "at the help");
      await page.context().close();
    });
  }
}

test("nothing has to be scrolled sideways at 320 px", async () => {
  for (const hash of ["", "#references", "#ref-11", "#ref-53", "#todo"]) {
    const page = await open(hash, { width: 320 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${width} px at ${hash || "the summary"}`);
    await page.context().close();
  }
});

test("a screen reader gets a table with its headings", async () => {
  const page = await open("#references");
  await page.waitForFunction(() => document.querySelector("#ref-55 td[role=cell]"));
  const table = page.getByRole("table", { name: "References" });
  assert.equal(await table.getByRole("columnheader").count(), 9);
  const row = table.getByRole("row").filter({ hasText: "Чому не світився маяк" });
  assert.equal(await row.getByRole("rowheader").innerText(), "11");
  assert.equal(await row.getByRole("cell").count(), 8);
  assert.equal(await page.getByRole("search").count(), 1);
  for (const landmark of ["banner", "navigation", "main", "contentinfo"]) {
    assert.equal(await page.getByRole(landmark).count(), 1, landmark);
  }
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  await page.context().close();
});
