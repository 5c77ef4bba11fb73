//! `cargo xtask neighbours`: what an organization that hammers does to the answers of a quiet one (security.md I4).

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::contestant::url;
use super::program::{Program, free_port};
use crate::failure::Failure;
use crate::{step, tree};

/// How long, how often and how loud.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Rounds; each measures the quiet organization without and with noise.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Seconds of each figure.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections of the organization that hammers, each asking again as soon as it is answered.
    #[arg(long, default_value_t = 32)]
    connections: u32,
    /// Measure what was built last, without looking whether it is of the present tree.
    #[arg(long)]
    as_built: bool,
    /// Try it with a debug build.
    #[arg(long)]
    debug: bool,
}

/// The quiet one asks a hundred times in a second, over one connection.
const PAUSE: Duration = Duration::from_millis(10);
/// An answer that takes longer than this is none.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much worse the quiet organization's slowest answer in a hundred may become.
const MOST_WORSE: f64 = 2.0;

/// What the quiet organization met with.
struct Figures {
    p50: f64,
    p99: f64,
    refused: u64,
}

/// Starts the program with its usual limits and two organizations, measures, and prints the table.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !arguments.as_built && !arguments.debug {
        super::build()?;
    }
    let directory = super::directory("neighbours")?;
    let (database, port) = (directory.join("neighbours.sqlite"), free_port()?);
    let keys = ["quiet", "noisy"].map(|slug| found(arguments, &database, port, slug));
    let running = Program::start(
        "neighbours",
        program(arguments, &database, port).arg("serve"),
        port,
        "/readyz",
        &directory,
    )?;
    let [quiet, noisy] = keys;
    let (quiet, noisy) = (gateway_key(port, "quiet", &quiet?)?, gateway_key(port, "noisy", &noisy?)?);
    println!(
        "one organization asks a hundred times in a second; beside it, {} connections of another ask without pause",
        arguments.connections
    );
    println!(
        "| round | p50 alone | p99 alone | p50 beside noise | p99 beside noise | p99 ratio | noise answered | noise refused |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut ratios = Vec::new();
    for round in 1..=arguments.rounds {
        let alone = listen(port, &quiet, arguments.seconds)?;
        let (beside, answered, refused) = beside_noise(arguments, port, &quiet, &noisy)?;
        let ratio = beside.p99 / alone.p99;
        ratios.push(ratio);
        println!(
            "| {round} | {:.2} ms | {:.2} ms | {:.2} ms | {:.2} ms | {ratio:.2} | {answered} | {refused} |",
            alone.p50, alone.p99, beside.p50, beside.p99
        );
        if alone.refused + beside.refused > 0 {
            return Err(Failure::Unfit("the quiet organization was refused".to_owned()));
        }
    }
    let median = super::heats::median(&ratios);
    println!(
        "p99 beside noise is {median:.2} of p99 alone (median of the rounds); at most {MOST_WORSE} is what is wanted"
    );
    drop(running);
    std::fs::remove_dir_all(&directory).map_err(|source| Failure::File { path: directory, source })
}

fn program(arguments: &Arguments, database: &Path, port: u16) -> Command {
    let profile = if arguments.debug { "debug" } else { "release" };
    let mut command = Command::new(tree::root().join("target").join(profile).join("answerable"));
    command
        .env("ANSWERABLE_DATABASE__URL", url(database))
        .env("ANSWERABLE_SERVER__LISTEN", format!("127.0.0.1:{port}"))
        .env("ANSWERABLE_METRICS__LISTEN", "");
    command
}

/// Founds an organization; its owner's management key.
fn found(arguments: &Arguments, database: &Path, port: u16, slug: &str) -> Result<String, Failure> {
    let mut admin = program(arguments, database, port);
    admin.args(["admin", "create-organization", "--slug", slug, "--name", slug, "--owner", "Owner"]);
    let printed = step::capture(&mut admin)?;
    let key = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_API_KEY="));
    key.map(ToOwned::to_owned).ok_or_else(|| Failure::Unfit(format!("no key was printed: {printed}")))
}

/// Makes a gateway with a key.
fn gateway_key(port: u16, slug: &str, key: &str) -> Result<String, Failure> {
    let mut line = Line::open(port)?;
    let made = line.ask(&format!("/v1/orgs/{slug}/gateways"), key, "{\"name\":\"measured\"}")?;
    let id = field(&made, "id")?;
    let body = format!("{{\"name\":\"measured\",\"gateway\":\"{id}\"}}");
    field(&line.ask(&format!("/v1/orgs/{slug}/keys"), key, &body)?, "token")
}

fn field(answer: &(u16, String), name: &str) -> Result<String, Failure> {
    let found = answer.1.split_once(&format!("\"{name}\":\"")).and_then(|(_, rest)| rest.split('"').next());
    found.map(ToOwned::to_owned).ok_or_else(|| Failure::Unfit(format!("no `{name}` in {answer:?}")))
}

/// Asks at a steady pace, and notes how long each answer takes.
fn listen(port: u16, key: &str, seconds: u64) -> Result<Figures, Failure> {
    let mut line = Line::open(port)?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut times, mut refused) = (Vec::new(), 0);
    while Instant::now() < end {
        let began = Instant::now();
        let (status, _) = line.check(key)?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        refused += u64::from(status != 200);
        thread::sleep(PAUSE.saturating_sub(began.elapsed()));
    }
    times.sort_by(f64::total_cmp);
    let at = |hundredth: usize| times.get(times.len() * hundredth / 100).copied().unwrap_or(f64::NAN);
    Ok(Figures { p50: at(50), p99: at(99), refused })
}

/// The same while the other organization hammers; how many of its calls were answered and refused.
fn beside_noise(
    arguments: &Arguments,
    port: u16,
    quiet: &str,
    noisy: &str,
) -> Result<(Figures, u64, u64), Failure> {
    let (stop, answered, refused) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let hammer = || {
        let Ok(mut line) = Line::open(port) else { return };
        while !stop.load(Ordering::Relaxed) {
            let Ok((status, _)) = line.check(noisy) else { return };
            let count = if status == 200 { &answered } else { &refused };
            count.fetch_add(1, Ordering::Relaxed);
        }
    };
    let heard = thread::scope(|scope| {
        for _ in 0..arguments.connections {
            scope.spawn(hammer);
        }
        let heard = listen(port, quiet, arguments.seconds);
        stop.store(true, Ordering::Relaxed);
        heard
    });
    Ok((heard?, answered.into_inner(), refused.into_inner()))
}

/// A connection that is kept open.
struct Line(TcpStream);

impl Line {
    fn open(port: u16) -> Result<Self, Failure> {
        let open = || {
            let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            Ok(stream)
        };
        open().map(Self).map_err(broken)
    }

    /// A call of an agent that nobody knows: it is decided and recorded as any other.
    fn check(&mut self, key: &str) -> Result<(u16, String), Failure> {
        let body =
            "{\"credential\":\"nobody\",\"server\":\"notes\",\"method\":\"tools/call\",\"tool\":\"search\"}";
        self.ask("/v1/check", key, body)
    }

    fn ask(&mut self, path: &str, key: &str, body: &str) -> Result<(u16, String), Failure> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer {key}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.write_all(request.as_bytes()).map_err(broken)?;
        let mut text = String::new();
        let mut bytes = [0; 4_096];
        loop {
            if let Some(answer) = whole(&text) {
                return Ok(answer);
            }
            let count = self.0.read(&mut bytes).map_err(broken)?;
            if count == 0 {
                return Err(Failure::Unfit(format!("the connection ended: {text}")));
            }
            text.push_str(&String::from_utf8_lossy(bytes.get(..count).unwrap_or_default()));
        }
    }
}

/// Status and body, once all of it is there.
fn whole(text: &str) -> Option<(u16, String)> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
    });
    let status = head.split(' ').nth(1)?.parse().ok()?;
    (body.len() >= length.unwrap_or(0)).then(|| (status, body.to_owned()))
}

fn broken(source: std::io::Error) -> Failure {
    Failure::Start { program: "a connection".to_owned(), source }
}
