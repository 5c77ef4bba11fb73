// One Chromium, driven by JSON lines: an order on each line of the input, its outcome on a line of the output.
// An order is { id, do, tab?, ... }; an outcome { id, ok } or { id, error }. Orders of different tabs run side by side.
// Ends when its input does, and takes the browser with it. `testkit::browser` speaks to it.
"use strict";
const readline = require("node:readline");
const { chromium } = require("playwright-core");
const { audits } = require("./audits.cjs");
const { signals } = require("./signals.cjs");

/** What a first load may wait for, and any act on a page, in milliseconds: a page that takes longer hangs. */
const PATIENCE = 20_000;

/** Chromium as tests want it: nothing of its own goes over the network, and root may start it. */
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

const launched = chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: FLAGS });
const tabs = new Map();

const tab = (order) => {
  const found = tabs.get(order.tab);
  if (!found) throw new Error(`there is no tab ${order.tab}`);
  return found;
};

/** The one element that an order means: by its role and name, by its label, by its text, or by a selector. */
const locate = ({ page }, { role, name, label, text, css, nth }) => {
  const exact = true;
  const found = role ? page.getByRole(role, { name, exact }) : label ? page.getByLabel(label, { exact })
    : text ? page.getByText(text) : page.locator(css);
  return nth === undefined ? found : found.nth(nth);
};

/** Asks again where a page went away while it was asked, or had no body yet: what counts is the page that comes after it. */
const settled = async (page, ask) => {
  for (const end = Date.now() + PATIENCE; ;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end || !/context was destroyed|Cannot find context|of null/.test(error.message)) throw error;
      await page.waitForLoadState("load");
    }
  }
};

const state = ({ page, status }) => settled(page, async () => ({
  url: page.url(), title: await page.title(), status: status.at, text: await page.evaluate(() => document.body.innerText),
}));

/** Looks at an expression until it is true of the page; the pages' own policy forbids to hand it to them as a text. */
const until = async (page, expression, timeout) => {
  for (const end = Date.now() + timeout; !(await settled(page, () => page.evaluate(`Boolean(${expression})`)));) {
    if (Date.now() > end) throw new Error(`not true after ${timeout} ms: ${expression}`);
    await page.waitForTimeout(50);
  }
};

const acts = {
  /** A tab of a browser of its own: no cookie, no cache, nothing shared with other tabs but the process. */
  async open({ tab: name, script = true, width = 1280, height = 900, dark = false, zone = "Europe/Berlin" }) {
    const context = await (await launched).newContext({
      javaScriptEnabled: script, viewport: { width, height }, colorScheme: dark ? "dark" : "light",
      locale: "en-GB", timezoneId: zone, reducedMotion: "reduce", acceptDownloads: true,
    });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    tabs.set(name, { context, page, script, dark, ...(await signals(page)) });
  },
  /** A second tab of the same browser: the same cookies. */
  async beside({ tab: name, of }) {
    const first = tabs.get(of);
    const page = await first.context.newPage();
    tabs.set(name, { context: first.context, page, script: first.script, isBeside: true, ...(await signals(page)) });
  },
  async close(order) {
    const { context, page, isBeside } = tab(order);
    tabs.delete(order.tab);
    await (isBeside ? page : context).close();
  },
  async go(order) { const at = tab(order); await at.page.goto(order.url); return state(at); },
  async back(order) { const at = tab(order); await at.page.goBack(); return state(at); },
  async reload(order) { const at = tab(order); await at.page.reload(); return state(at); },
  async state(order) { return state(tab(order)); },
  /** The markup of the last page as the server sent it. */
  async markup(order) { return tab(order).status.response.text(); },

  async click(order) {
    const at = tab(order);
    await locate(at, order).click({ clickCount: order.times ?? 1, noWaitAfter: Boolean(order.hurried) });
    if (!order.hurried) await at.page.waitForLoadState("load");
    return state(at);
  },
  async fill(order) { await locate(tab(order), order).fill(order.value); },
  async choose(order) { await locate(tab(order), order).selectOption(order.value); },
  async tick(order) { await locate(tab(order), order).setChecked(order.on ?? true); },
  async press(order) { await tab(order).page.keyboard.press(order.keys); },
  async type(order) { await tab(order).page.keyboard.type(order.value); },
  async read(order) { return locate(tab(order), order).innerText(); },
  async count(order) { return locate(tab(order), order).count(); },

  /** Waits until a page says something, or stands at an address that ends so, or an expression is true of it. */
  async wait(order) {
    const at = tab(order), { page } = at, timeout = order.within ?? PATIENCE;
    if (order.says) await page.getByText(order.says).first().waitFor({ timeout });
    if (order.at) await page.waitForURL((url) => (url.pathname + url.search).startsWith(order.at), { timeout });
    if (order.until) await until(page, order.until, timeout);
    return state(at);
  },
  async evaluate(order) { return tab(order).page.evaluate(order.code); },
  /** The address of whatever a click downloads, and what is in it. */
  async download(order) {
    const at = tab(order);
    const [download] = await Promise.all([at.page.waitForEvent("download"), locate(at, order).click()]);
    const text = require("node:fs").readFileSync(await download.path(), "utf8");
    return { name: download.suggestedFilename(), text };
  },

  async look(order) {
    const at = tab(order);
    await at.page.setViewportSize({ width: order.width, height: order.height ?? 900 });
    if (Boolean(order.dark) !== at.dark) await at.page.emulateMedia({ colorScheme: order.dark ? "dark" : "light" });
    at.dark = Boolean(order.dark);
  },
  async shot(order) {
    await tab(order).page.screenshot({ path: order.path, fullPage: order.whole ?? true, animations: "disabled" });
  },
  async cookies(order) { return tab(order).context.cookies(); },
  async forget(order) { await tab(order).context.clearCookies(order.name ? { name: order.name } : undefined); },
  /** A network that is gone, or slow: milliseconds before each answer. */
  async network(order) {
    const at = tab(order);
    await at.context.setOffline(Boolean(order.offline));
    await at.wire.send("Network.emulateNetworkConditions", {
      offline: Boolean(order.offline), latency: order.latency ?? 0, downloadThroughput: -1, uploadThroughput: -1,
    });
  },
  /** A passkey device that answers every question by itself, as if its holder always agreed. */
  async authenticator(order) {
    const { wire } = tab(order);
    await wire.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true, ...order.options };
    return (await wire.send("WebAuthn.addVirtualAuthenticator", { options })).authenticatorId;
  },
  /** Any word of the DevTools protocol, for what has no order of its own. */
  async wire(order) { return tab(order).wire.send(order.method, order.params ?? {}); },
  /** What went wrong on the pages of this tab since it was last asked: errors of the console, of scripts, of loading. */
  async troubles(order) { return tab(order).troubles.splice(0); },
  /** The bytes that the last page took over the network when it was opened with nothing kept. */
  async weight(order) { return tab(order).weight(); },
  async cold(order) { await tab(order).wire.send("Network.setCacheDisabled", { cacheDisabled: order.on ?? true }); },
};
for (const [name, audit] of Object.entries(audits)) {
  acts[name] = (order) => audit(order.tab === undefined ? undefined : tab(order), order);
}

const answer = (outcome) => process.stdout.write(`${JSON.stringify(outcome)}\n`);
const lines = readline.createInterface({ input: process.stdin });
lines.on("line", async (line) => {
  const order = JSON.parse(line);
  try {
    const act = acts[order.do];
    if (!act) throw new Error(`nobody knows how to \`${order.do}\``);
    answer({ id: order.id, ok: (await act(order)) ?? null });
  } catch (error) {
    answer({ id: order.id, error: `${order.do}: ${error.message}` });
  }
});
lines.on("close", async () => {
  try { await (await launched).close(); } finally { process.exit(0); }
});
launched.catch((error) => { console.error(error.message); process.exit(1); });
