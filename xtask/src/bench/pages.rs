//! `cargo xtask pages`: how long the pages with lists take in a large organization; docs/LISTS.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clap::Args;

use super::contestant::url;
use super::program::{Program, free_port};
use crate::failure::Failure;
use crate::{step, tree};

/// How large, and how often.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Agents of the organization.
    #[arg(long, default_value_t = 10_000)]
    agents: u32,
    /// Decisions in its evidence, spread over thirty days.
    #[arg(long, default_value_t = 1_000_000)]
    decisions: u32,
    /// Times each page is asked for.
    #[arg(long, default_value_t = 100)]
    requests: u32,
    /// Measure what was built last, without looking whether it is of the present tree.
    #[arg(long)]
    as_built: bool,
    /// Try it with a debug build; nothing is written.
    #[arg(long)]
    debug: bool,
}

/// What 95 in 100 requests of a list page have to stay under, in milliseconds.
const MOST_MS: f64 = 50.0;

/// The pages with lists, and what each reads.
const LISTS: [(&str, &str); 30] = [
    ("", "Overview: pictures of 48 hours"),
    ("?window=7d", "Overview of seven days"),
    ("?window=30d", "Overview of thirty days"),
    ("/agents", "agents, 50 of them"),
    ("/agents?sort=seen", "agents, those seen last first"),
    ("/agents?used=never&sort=-name", "agents that were never seen, by name"),
    ("/agents?q=9999", "agents by name"),
    ("/agents?quiet=1", "agents that were quiet"),
    ("/people", "people, 50 of them"),
    ("/people?sort=-agents", "people by how many agents they answer for"),
    ("/workspaces", "workspaces"),
    ("/robots", "robots"),
    ("/tools", "servers"),
    ("/servers/server-0", "a server's tools"),
    ("/roles", "roles"),
    ("/keys", "keys, those that end first"),
    ("/keys?q=agent", "keys by whose they are"),
    ("/invitations", "invitations"),
    ("/gateways", "gateways"),
    ("/chart", "who answers for what"),
    ("/find?q=agent+99", "the palette's list"),
    ("/audit", "the audit log, newest first"),
    ("/audit?q=decision%3Adeny", "the audit log, denials"),
    ("/audit?q=since%3A24h", "the audit log, a day"),
    ("/audit?q=agent%3A%22Agent+77%22", "the audit log, one agent"),
    ("/audit/changes", "what was changed, newest first"),
    ("/audit/changes?q=kind%3Agateway", "what was changed of gateways"),
    ("/workspaces/team-0", "a workspace's members"),
    ("/workspaces/team-0/agents", "a workspace's agents"),
    ("/explore", "Explore, before a question"),
];

/// Pages of one thing, found on a list: where to look, how its address begins, and what follows it.
const FOUND: [(&str, &str, &str, &str); 5] = [
    ("/agents", "/agents/", "", "an agent, with its last decisions"),
    ("/agents", "/agents/", "/access", "an agent's access, tool by tool"),
    ("/agents", "/agents/", "/decisions", "an agent's decisions"),
    ("/agents", "/agents/", "/activity", "an agent's activity"),
    ("/people", "/people/", "", "a person"),
];

/// Fills a database, asks for every page, prints the table, and writes it into docs/LISTS.md.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !arguments.as_built && !arguments.debug {
        super::build()?;
    }
    let directory = super::directory("pages")?;
    let database = directory.join("pages.sqlite");
    println!("==> {} agents and {} decisions", arguments.agents, arguments.decisions);
    let numbers = [arguments.agents.to_string(), arguments.decisions.to_string()];
    let mut fill = Command::new(built(arguments, "examples/measure"));
    let filled = step::capture(fill.arg("fill").arg(url(&database)).args(numbers))?;
    let owner = filled.lines().find_map(|line| line.strip_prefix("OWNER="));
    let owner = owner.ok_or_else(|| Failure::Unfit(format!("no owner was made: {filled}")))?;
    let port = free_port()?;
    let mut serve = program(arguments, &database, port);
    serve.arg("serve");
    let running = Program::start("pages", &mut serve, port, "/readyz", &directory)?;
    let mut admin = program(arguments, &database, port);
    let cookie =
        sign_in(admin.args(["admin", "sign-in-link", "--org", "measured-0", "--user", owner]), &running)?;
    let asked = Asked { running: &running, cookie, requests: arguments.requests };
    let rows = asked.all()?;
    let text = page(arguments, &rows);
    println!("{text}");
    drop(running);
    if !arguments.debug {
        tree::write(&tree::root().join("docs/LISTS.md"), &text)?;
    }
    std::fs::remove_dir_all(&directory).map_err(|source| Failure::File { path: directory, source })
}

fn built(arguments: &Arguments, name: &str) -> PathBuf {
    let profile = if arguments.debug { "debug" } else { "release" };
    tree::root().join("target").join(profile).join(name)
}

/// The program on that database, ready for a subcommand.
fn program(arguments: &Arguments, database: &Path, port: u16) -> Command {
    let mut command = Command::new(built(arguments, "answerable"));
    command
        .env("ANSWERABLE_DATABASE__URL", url(database))
        .env("ANSWERABLE_SERVER__LISTEN", format!("127.0.0.1:{port}"))
        .env("ANSWERABLE_SERVER__PUBLIC_URL", format!("http://127.0.0.1:{port}"))
        .env("ANSWERABLE_METRICS__LISTEN", "")
        .env("ANSWERABLE_LIMITS__REQUESTS_PER_SECOND", "0");
    command
}

/// Signs the organization's first owner in, by the link that the command prints; the cookie of the session.
fn sign_in(admin: &mut Command, running: &Program) -> Result<String, Failure> {
    let printed = step::capture(admin)?;
    let link = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SIGN_IN_LINK="));
    let path = link.and_then(|link| link.find("/sign-in/").and_then(|at| link.get(at..)));
    let path = path.ok_or_else(|| Failure::Unfit(format!("no link was printed: {printed}")))?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 5\r\n\r\nnext="
    );
    let answer = running.exchange(&request).unwrap_or_default();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: __Host-answerable="));
    let cookie = cookie.and_then(|rest| rest.split(';').next());
    let cookie = cookie.ok_or_else(|| Failure::Unfit(format!("not signed in: {answer}")))?;
    Ok(format!("__Host-answerable={cookie}"))
}

/// A page and how long it took, in milliseconds: the middle one, and 95 in 100.
struct Row {
    path: String,
    what: &'static str,
    bytes: usize,
    p50: f64,
    p95: f64,
}

struct Asked<'p> {
    running: &'p Program,
    cookie: String,
    requests: u32,
}

impl Asked<'_> {
    fn all(&self) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        for (path, what) in LISTS {
            rows.extend(self.row(path.to_owned(), what)?);
        }
        for (list, begin, rest, what) in FOUND {
            let (_, page) = self.get(list)?;
            let begin = format!("\"/o/measured-0{begin}");
            let id = page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next());
            let id = id.into_iter().find(|id| id.len() == UUID_LENGTH);
            let id = id.ok_or_else(|| Failure::Unfit(format!("{list} names nothing: {page}")))?.to_owned();
            let begin = begin.trim_start_matches("\"/o/measured-0");
            rows.extend(self.row(format!("{begin}{id}{rest}"), what)?);
        }
        Ok(rows)
    }

    /// Asks for one page again and again. A page that this version does not have is left out.
    fn row(&self, path: String, what: &'static str) -> Result<Option<Row>, Failure> {
        let (_, page) = self.get(&path)?;
        if page.starts_with("HTTP/1.1 404") {
            println!("    no page at {path}");
            return Ok(None);
        }
        if !page.starts_with("HTTP/1.1 200") {
            return Err(Failure::Unfit(format!("{path} does not answer as expected: {page}")));
        }
        let mut took = Vec::new();
        for _ in 0..self.requests {
            took.push(self.get(&path)?.0.as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        let at = |hundredth: usize| took.get((took.len() * hundredth / 100).min(took.len() - 1)).copied();
        let (p50, p95) = (at(50).unwrap_or(f64::NAN), at(95).unwrap_or(f64::NAN));
        println!("    {p50:8.1} {p95:8.1}  {path}");
        Ok(Some(Row { path, what, bytes: page.len(), p50, p95 }))
    }

    /// A page, and how long it took from the first byte asked to the last one answered.
    fn get(&self, path: &str) -> Result<(Duration, String), Failure> {
        let request = format!(
            "GET /o/measured-0{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: text/html\r\ncookie: {}\r\n\r\n",
            self.cookie
        );
        let began = Instant::now();
        let answer = self.running.exchange(&request);
        let answer = answer.ok_or_else(|| Failure::Unfit(format!("{path} does not answer")))?;
        Ok((began.elapsed(), answer))
    }
}

/// Text of a UUID.
const UUID_LENGTH: usize = 36;

fn page(arguments: &Arguments, rows: &[Row]) -> String {
    let Arguments { agents, decisions, requests, .. } = arguments;
    let mut page = format!(
        "# How fast the lists are\n\nWritten by `cargo xtask pages`; do not edit.\n\n\
         SQLite, {agents} agents, {decisions} decisions over thirty days, {requests} requests for each page, one after \
         the other on the loopback, each on a connection of its own and not compressed. The time is from the first \
         byte asked to the last one answered. 95 in 100 have to stay under {MOST_MS:.0} ms.\n\n\
         | page | what it reads | KB | p50 ms | p95 ms | |\n| --- | --- | ---: | ---: | ---: | --- |\n"
    );
    for Row { path, what, bytes, p50, p95 } in rows {
        let verdict = if *p95 < MOST_MS { "" } else { "**too slow**" };
        let kilobytes = bytes / 1_000;
        let path = if path.is_empty() { "/" } else { path };
        // Writing to a string cannot fail.
        let _ok = writeln!(page, "| `{path}` | {what} | {kilobytes} | {p50:.1} | {p95:.1} | {verdict} |");
    }
    page
}
