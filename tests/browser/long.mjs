// A report of many references: those of a short one over and over, with numbers, hosts and titles of
// their own. Run as: node long.mjs SHORT.json 5000 > LONG.json
import { readFileSync } from "node:fs";

const [, , file, wanted] = process.argv;
const report = JSON.parse(readFileSync(file, "utf8"));
const total = Number(wanted);
const [article] = report.articles;
const short = article.references;
const rounds = Math.ceil(total / short.length);
const copy = (value) => structuredClone(value);

const references = [];
const findings = [];
const todo = [];
for (let round = 0; round < rounds; round += 1) {
  const shift = round * short.length;
  // Some hosts have many references, most have few, as in articles.
  const own = (text) => (text && round % 3 ? text.replace(/:\/\/([\w-]+)\.example/u, `://$1-${round}.example`) : text);
  for (const one of short) {
    if (shift + one.number > total) continue;
    const reference = copy(one);
    reference.number += shift;
    reference.citation.url = own(reference.citation.url);
    if (reference.link) {
      reference.link.final_url = own(reference.link.final_url);
      for (const hop of reference.link.hops) hop.url = own(hop.url);
    }
    for (const titled of [reference.citation, reference.page]) {
      if (titled?.title) titled.title += ` (${round + 1})`;
    }
    references.push(reference);
  }
  for (const one of article.findings) {
    if (one.reference === null || shift + one.reference > total) continue;
    findings.push({ ...copy(one), reference: one.reference + shift });
  }
  for (const one of report.todo) {
    if (shift + one.reference > total) continue;
    todo.push({ ...copy(one), reference: one.reference + shift, url: own(one.url) });
  }
}
const times = (counts) => Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, count * rounds]));
Object.assign(article, { references, findings });
Object.assign(report, { todo });
for (const name of ["severities", "rules", "verdicts", "languages"]) report.counts[name] = times(report.counts[name]);
Object.assign(report.counts, { references: references.length, urls: report.counts.urls * rounds, todo: todo.length });
process.stdout.write(JSON.stringify(report));
