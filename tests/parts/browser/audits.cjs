// What is asked of a page as a whole: accessibility, room, markup, and Lighthouse.
"use strict";
const { readFileSync } = require("node:fs");

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Violations of WCAG 2.2 AA and of good practice, each with the elements that break it. */
const axe = async ({ page }) => {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => globalThis.axe.run(document, {
    runOnly: { type: "tag", values }, resultTypes: ["violations"],
  }), TAGS);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes
    .map((node) => `      ${node.target.join(" ")}  ${node.html.slice(0, 200)}\n      ${node.any.concat(node.all, node.none)
      .map((check) => check.message).join("; ")}`).join("\n")}`);
};

/** How far the page reaches beyond the window, in pixels, and what does so. */
const overflow = async ({ page }) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return null;
  const isOut = (element) => element.getBoundingClientRect().right > clientWidth + 0.5;
  const out = [...document.querySelectorAll("main *, header *")].filter(isOut);
  const named = out.slice(0, 4).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`);
  return `${scrollWidth - clientWidth} px wider than its window: ${named.join(", ")}`;
});

/**
 * The rules of html-validate that are a matter of taste and that the pages decide otherwise: askama leaves empty lines;
 * a boolean attribute or a void element is written the short way; boxes of one question share its name; a table that
 * scrolls is a region and no section of the page; lists may have names; the palette is sent by Enter alone.
 */
const RULES = {
  extends: ["html-validate:recommended"],
  rules: { "no-trailing-whitespace": "off", "attribute-boolean-style": "off", "void-style": "off", "long-title": "off",
    "require-sri": "off", "no-inline-style": "error", "form-dup-name": "off", "prefer-native-element": "off",
    "aria-label-misuse": "off", "wcag/h32": "off", "valid-id": ["error", { relaxed: true }] },
};

/** What is wrong with the markup of a page, as the program sent it. */
const validate = async (_tab, { html }) => {
  const { HtmlValidate } = require("html-validate");
  const report = await new HtmlValidate(RULES).validateString(html);
  const lines = html.split("\n");
  return report.results.flatMap(({ messages }) => messages)
    .map(({ ruleId, message, line }) => `${ruleId}: ${message}\n      ${line}: ${(lines[line - 1] ?? "").trim().slice(0, 240)}`);
};

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const DESKTOP = { formFactor: "desktop", screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
  throttling: { rttMs: 40, throughputKbps: 10 * 1024, cpuSlowdownMultiplier: 1, requestLatencyMs: 0, downloadThroughputKbps: 0, uploadThroughputKbps: 0 } };

/** Lighthouse of an address with a cookie: each category out of 100, and what cost points. */
const lighthouse = async (_tab, { url, cookie, desktop }) => {
  const { default: run } = await import(require.resolve("lighthouse"));
  const { launch } = await import(require.resolve("chrome-launcher"));
  const chrome = await launch({ chromePath: process.env.CHROMIUM, logLevel: "silent", chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu",
    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"] });
  try {
    const flags = { port: chrome.port, logLevel: "silent", output: "json", onlyCategories: CATEGORIES, extraHeaders: { Cookie: cookie },
      ...(desktop ? DESKTOP : {}) };
    const { lhr } = await run(url, flags);
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * (lhr.categories[name].score ?? 0))]));
    const costly = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs).filter(({ id, weight }) => {
      const { score } = lhr.audits[id];
      return weight > 0 && score !== null && score < 0.9;
    });
    const lost = costly.map(({ id }) => `${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""}`);
    return { scores, lost, at: lhr.finalDisplayedUrl, failure: lhr.runtimeError?.message ?? null };
  } finally {
    await chrome.kill();
  }
};

exports.audits = { axe, overflow, validate, lighthouse };
