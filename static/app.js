// What pages gain from a script; each of them works without it.
(() => {
  const d = document, html = d.documentElement;
  const all = (selector, root = d) => [...root.querySelectorAll(selector)];
  const slug = html.dataset.org;
  html.classList.add("scripted");

  // The viewer's zone, for the next page, unless they have chosen one.
  if (!/(^|; )zone=/.test(d.cookie)) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone) d.cookie = `zone=${zone};path=/;max-age=31536000;samesite=lax`;
  }

  const status = d.getElementById("status");
  const say = (text) => { if (status) { status.textContent = ""; setTimeout(() => { status.textContent = text; }, 50); } };

  // What is wrong with a form is where its reader goes on.
  d.getElementById("errors")?.focus();

  // Times: "3 min ago", and what is left.
  const relative = new Intl.RelativeTimeFormat(html.lang, { numeric: "auto", style: "short" });
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const ago = (seconds) => {
    const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[3];
    return relative.format(Math.trunc(seconds / size), unit);
  };
  const tick = () => all("time[data-ago]").forEach((time) => {
    time.title ||= time.textContent;
    time.textContent = ago((Date.parse(time.dateTime) - Date.now()) / 1000);
  });
  tick();
  setInterval(tick, 15000);

  // Parts that renew themselves until the server stops asking them to.
  const renew = async (part) => {
    try {
      const answer = await fetch(part.dataset.renew, { headers: { "X-Part": "1" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (!fresh) return;
      if (fresh.textContent.trim() !== part.textContent.trim()) say(fresh.dataset.say ?? "Updated");
      part.replaceWith(fresh);
      watch(fresh);
      tick();
    } catch { watch(part); }
  };
  const watch = (part) => { if (part.dataset.renew) setTimeout(renew, 1000 * (part.dataset.every ?? 3), part); };
  all("[data-renew]").forEach(watch);

  // Dialogs, for browsers without command invokers.
  const open = (id) => {
    const dialog = d.getElementById(id);
    if (dialog && !dialog.open) { dialog.showModal(); dialog.dispatchEvent(new Event("shown")); }
    return dialog;
  };

  d.addEventListener("click", async (event) => {
    const on = (selector) => event.target.closest?.(selector);
    const copy = on("[data-copy]");
    if (copy) {
      const from = d.getElementById(copy.dataset.copy);
      await navigator.clipboard.writeText(from.value ?? from.textContent.trim());
      say("Copied");
      const label = copy.querySelector("span") ?? copy, before = label.textContent;
      label.textContent = "Copied";
      setTimeout(() => { label.textContent = before; }, 2000);
    }
    const opener = on("[data-dialog]");
    if (opener && open(opener.dataset.dialog)) event.preventDefault();
    if (on("[data-close]")) on("dialog")?.close();
    const theme = on("button[name=theme]");
    if (theme) {
      event.preventDefault();
      html.dataset.theme = theme.value;
      all("button[name=theme]").forEach((button) => button.setAttribute("aria-pressed", button === theme));
      d.cookie = `theme=${theme.value};path=/;max-age=31536000;samesite=lax`;
    }
    if (event.target.matches?.("dialog")) event.target.close();
  });

  // A form is sent once.
  d.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  d.addEventListener("change", (event) => { if (event.target.matches("[data-submits]")) event.target.form.requestSubmit(); });

  // The palette: the find page's own list, as it is typed. The focus stays in the box; what Enter would open is marked.
  const palette = d.getElementById("palette");
  if (palette) {
    const box = palette.querySelector("input"), hits = palette.querySelector(".hits"), said = palette.querySelector("[role=status]");
    let asked = 0, wait;
    const links = () => all("a", hits);
    const mark = (step) => {
      const found = links(), at = found.findIndex((link) => link.ariaSelected === "true");
      found[at]?.setAttribute("aria-selected", false);
      const next = found[step ? (at + step + found.length) % found.length : 0];
      next?.setAttribute("aria-selected", true);
      next?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", next?.id ?? "");
    };
    const find = async () => {
      const mine = ++asked;
      let found;
      try {
        const answer = await fetch(`${palette.dataset.find}?q=${encodeURIComponent(box.value)}`, { headers: { "X-Part": "1" } });
        found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(".hits > li");
      } catch { /* told below */ }
      if (mine !== asked) return;
      hits.replaceChildren(...found ?? []);
      links().forEach((link, at) => {
        link.parentNode.role = "none";
        Object.assign(link, { role: "option", id: `hit-${at}`, tabIndex: -1 });
      });
      const count = links().length;
      box.setAttribute("aria-expanded", count > 0);
      said.textContent = !found ? "No connection. Type on to ask again." : count ? `${count} found` : "Nothing that you may see has that in its name.";
      said.classList.toggle("hidden-text", count > 0);
      mark(0);
    };
    box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(find, 120); });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], chosen = event.key === "Enter" && hits.querySelector("[aria-selected=true]");
      if (step || chosen) event.preventDefault();
      if (step) mark(step);
      if (chosen) chosen.click();
    });
    palette.addEventListener("shown", () => { box.select(); find(); });
  }

  // The matrix: arrow keys move from box to box, and the bar counts what differs.
  const matrix = d.querySelector("[data-matrix]");
  if (matrix) {
    const bar = d.querySelector("[data-changes]"), boxes = all("input[type=checkbox]", matrix), usual = bar?.textContent;
    const count = () => {
      boxes.forEach((box) => box.toggleAttribute("data-changed", box.checked !== box.defaultChecked));
      const changed = boxes.filter((box) => "changed" in box.dataset).length;
      if (bar) bar.textContent = changed ? `${changed} ${changed === 1 ? "change" : "changes"}, not saved yet` : usual;
    };
    matrix.addEventListener("change", count);
    addEventListener("pageshow", count);
    matrix.addEventListener("keydown", (event) => {
      const back = getComputedStyle(matrix).direction === "rtl" ? -1 : 1;
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -back], ArrowRight: [0, back] }[event.key];
      if (!step || !event.target.matches("input[type=checkbox]")) return;
      event.preventDefault();
      const rows = [...matrix.tBodies[0].rows], cell = event.target.closest("td");
      let at = rows.indexOf(cell.parentElement), column = cell.cellIndex, next;
      do { at += step[0]; column += step[1]; next = rows[at]?.cells[column]; } while (next && !next.querySelector("input[type=checkbox]:enabled"));
      next?.querySelector("input[type=checkbox]").focus();
    });
  }

  // The live view of the log. What comes while somebody points at it, is in it, or has paused it waits for a button.
  const live = d.getElementById("live");
  if (live) {
    const [state, pause, show] = ["state", "pause", "show"].map((part) => d.querySelector(`[data-live-${part}]`));
    let held = [], fresh = 0;
    const isHeld = () => pause.getAttribute("aria-pressed") === "true" || live.matches(":hover, :focus-within");
    const put = () => {
      live.insertAdjacentHTML("afterbegin", held.reverse().join(""));
      held = [];
      show.hidden = true;
      trim();
    };
    const trim = () => all("tr.new", live).slice(200).forEach((row) => row.remove());
    live.addEventListener("htmx:sse:before:message", (event) => {
      const { event: name, data } = event.detail.message;
      if (name === "over") { state.textContent = data; say(data); return; }
      if (name === "cut") { state.textContent = data; return; }
      fresh += 1;
      if (!isHeld()) return;
      event.preventDefault();
      held.push(data);
      held = held.slice(-200);
      show.textContent = `${held.length} new`;
      show.hidden = false;
    });
    live.addEventListener("htmx:sse:after:message", trim);
    live.addEventListener("htmx:sse:after:connection", () => { state.textContent = "Live"; });
    live.addEventListener("htmx:sse:error", () => {
      state.textContent = `Stopped ${new Date().toLocaleTimeString(html.lang, { timeStyle: "short" })}. Reconnecting…`;
    });
    show.addEventListener("click", put);
    pause.addEventListener("click", () => {
      const on = pause.getAttribute("aria-pressed") !== "true";
      pause.setAttribute("aria-pressed", on);
      pause.textContent = on ? "Go on" : "Pause";
      if (!on) put();
    });
    setInterval(() => { if (fresh) say(`${fresh} new`); fresh = 0; }, 10000);
  }

  // Keys. Single letters can be switched off (WCAG 2.1.4).
  const places = { o: "", p: "people", a: "agents", w: "workspaces", l: "audit", e: "explore", r: "robots", t: "tools", s: "settings" };
  let last = "";
  d.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k" && palette) { event.preventDefault(); open("palette"); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || html.dataset.keys === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || d.querySelector("dialog[open]")) return;
    const before = last;
    last = event.key;
    if (before === "g" && slug && event.key in places) { location.href = `/o/${slug}/${places[event.key]}`.replace(/\/$/, ""); last = ""; return; }
    const target = d.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (target) { event.preventDefault(); target.matches("input, select") ? target.focus() : target.click(); return; }
    if (event.key === "/") { const filter = d.querySelector("[data-filter]"); if (filter) { event.preventDefault(); filter.focus(); } }
    if (event.key === "?") open("shortcuts");
    if (event.key === "n") d.querySelector(".head a.primary[href*='/new']")?.click();
    if (event.key === "j" || event.key === "k") {
      const rows = all("tbody tr:has(a)"), at = rows.findIndex((row) => row.matches("[data-row-on]"));
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))];
      if (!next) return;
      rows[at]?.removeAttribute("data-row-on");
      next.setAttribute("data-row-on", "");
      next.querySelector("a").focus();
    }
    const row = d.querySelector("[data-row-on]");
    if (event.key === "x") row?.querySelector("input[type=checkbox]")?.click();
  });
})();
