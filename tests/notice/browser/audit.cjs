// Opens pages in Chromium and answers with what is wrong with each, as JSON on standard output.
// Standard input: {"chromium": path, "pictures": folder, "pages": [{"name", "file"}]}.
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const VIEWS = [
  { name: "phone", width: 375, height: 812, colorScheme: "dark" },
  { name: "screen", width: 1000, height: 900, colorScheme: "light" },
];

async function audit(browser, page, view, pictures) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.colorScheme,
    deviceScaleFactor: 1,
  });
  const tab = await context.newPage();
  const complaints = [];
  tab.on("console", (message) => complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`asked for ${request.url()}`);
  });
  await tab.goto(`file://${page.file}`);
  // A driver may look into the page although the page itself allows no script.
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await tab.screenshot({ path: path.join(pictures, `${page.name}.${view.name}.png`), fullPage: true });
  let sheets = null;
  if (view.name === "screen") {
    const file = path.join(pictures, `${page.name}.pdf`);
    await tab.pdf({ path: file, preferCSSPageSize: true, printBackground: false });
    sheets = (fs.readFileSync(file, "latin1").match(/\/Type\s*\/Page\b/g) || []).length;
  }
  await context.close();
  const told = (one) => `${one.id}: ${one.help} (${one.nodes.length}, ${one.nodes[0].target.join(" ")})`;
  return {
    page: page.name,
    view: view.name,
    violations: found.violations.map(told),
    complaints,
    wide,
    sheets,
  };
}

async function main() {
  const asked = JSON.parse(fs.readFileSync(0, "utf-8"));
  const browser = await chromium.launch({
    executablePath: asked.chromium,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const answers = [];
  for (const page of asked.pages) {
    for (const view of VIEWS) answers.push(await audit(browser, page, view, asked.pictures));
  }
  await browser.close();
  process.stdout.write(JSON.stringify(answers));
}

main().catch((error) => {
  process.stderr.write(`${error.stack || error}\n`);
  process.exit(1);
});
