// Judge pages as a phone would: node run.mjs <plan.json> <result.json>
//
// The plan: {"chrome": path, "categories": [...], "pages": [{"name", "url", "cookie", "skip"}]}.
// The result, by name: {"scores": {category: 0…1}, "failed": ["audit: what it says"], "figures": {…}}.
import { readFile, writeFile } from "node:fs/promises";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
];
const FIGURES = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
  "total-byte-weight",
];

function failedAudits(report) {
  const said = [];
  for (const category of Object.values(report.categories)) {
    for (const { id, weight } of category.auditRefs) {
      const audit = report.audits[id];
      if (!weight || audit.score === null || audit.score >= 1) continue;
      const where = (audit.details?.items ?? [])
        .slice(0, 3)
        .map((item) => item.node?.snippet ?? item.description ?? item.url ?? "")
        .join(" ");
      said.push(`${category.id} ${id}: ${audit.title} ${where}`.trim());
    }
  }
  return said;
}

/** Faults of the trace itself ("please run again"), not of the page: so often at most. */
const TRIES = 3;

async function looked(page, port, categories) {
  for (let left = TRIES; ; left--) {
    const { lhr: report } = await once(page, port, categories);
    if (!report.runtimeError) return report;
    const said = `${page.name}: ${report.runtimeError.message}`;
    if (left === 1) throw new Error(said);
    console.error(said);
  }
}

function once(page, port, categories) {
  return lighthouse(page.url, {
    port,
    output: "json",
    logLevel: "error",
    formFactor: "mobile",
    onlyCategories: categories,
    skipAudits: page.skip ?? [],
    // The cookie says whose cart it is; a reset would change nothing, since the browser is new.
    extraHeaders: page.cookie ? { Cookie: page.cookie } : undefined,
  });
}

async function judge(page, port, categories) {
  const report = await looked(page, port, categories);
  const scores = Object.values(report.categories).map(({ id, score }) => [id, score]);
  const figures = FIGURES.filter((id) => report.audits[id]).map((id) => [
    id,
    report.audits[id].numericValue,
  ]);
  return {
    scores: Object.fromEntries(scores),
    failed: failedAudits(report),
    figures: Object.fromEntries(figures),
  };
}

const [planFile, resultFile] = process.argv.slice(2);
const plan = JSON.parse(await readFile(planFile, "utf8"));
const chrome = await launch({ chromePath: plan.chrome, chromeFlags: FLAGS });
try {
  const results = {};
  for (const page of plan.pages) {
    results[page.name] = await judge(page, chrome.port, plan.categories);
  }
  await writeFile(resultFile, JSON.stringify(results));
} finally {
  chrome.kill();
}
