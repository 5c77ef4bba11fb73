// What a tab tells of itself: the status of the last page, what went wrong on it, and what it weighed.
"use strict";

/** Chromium's own word for a page that answered with an error on purpose: such pages are looked at as well. */
const IS_STATUS = /^Failed to load resource: the server responded with a status of/;

/** Listens to a tab from its first page on. */
exports.signals = async (page) => {
  const troubles = [], status = { at: 0, response: undefined };
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  let bytes = 0;
  wire.on("Network.requestWillBeSent", ({ type, redirectResponse, requestId, loaderId }) => {
    // A new page: count from its own first request on, and not from redirects before it.
    if (type === "Document" && requestId === loaderId && !redirectResponse) bytes = 0;
    if (type === "Document" && redirectResponse) bytes = 0;
  });
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
  page.on("response", (response) => {
    if (!response.request().isNavigationRequest() || response.frame() !== page.mainFrame()) return;
    Object.assign(status, { at: response.status(), response });
  });
  page.on("console", (message) => {
    const text = message.text(), { url } = message.location();
    const isPage = url === page.url() && IS_STATUS.test(text);
    if (["error", "warning"].includes(message.type()) && !isPage) troubles.push(`${message.type()}: ${text} (${url})`);
  });
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A stream, or a part that renews itself, is given up when the page is left.
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") troubles.push(`not loaded: ${request.url()} ${why}`);
  });
  const weight = async () => { await page.evaluate(() => document.fonts.ready.then(() => null)); return bytes; };
  return { wire, troubles, status, weight };
};
