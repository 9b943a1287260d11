// A report in which every text of strangers is an attack. Run as: node hostile.mjs SHORT.json
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const attacks = [
  "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "\"><svg onload=alert(1)>",
  "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "</style><link rel=stylesheet href=//evil.example>",
  "<!--", "</title><base href=//evil.example>", "{{constructor.constructor('alert(1)')()}}", "' autofocus onfocus=alert(1) x='",
];
let at = 0;
// What has a form of its own in the schema stays: dates, tags, verdicts, addresses of copies.
const kept = new Set(["rule", "severity", "format", "tag", "verdict", "kind", "from", "date", "access_date", "archive_date",
  "started", "finished", "network", "checked_at", "captured", "url_status", "safety", "original", "copy_search", "source_kind", "state", "counted", "target", "article_language"]);
function attack(value, key = "") {
  if (typeof value === "string") return kept.has(key) ? value : attacks[(at += 1) % attacks.length];
  if (Array.isArray(value)) return ["language", "references"].includes(key) ? value : value.map((one) => attack(one, key));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => {
      const whole = ["fields", "counts", "copies", "signals", "titles", "dates", "history", "language", "parameters"].includes(name);
      return [name, whole ? inner : attack(inner, name)];
    }));
  }
  return value;
}
for (const article of report.articles) {
  article.input = attacks[1];
  article.title = attacks[0];
  article.references = article.references.map((one) => attack(one));
  article.findings = article.findings.map((one) => attack(one));
}
report.todo = report.todo.map((one) => attack(one));
process.stdout.write(JSON.stringify(report));
