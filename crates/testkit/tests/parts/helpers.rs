//! Nothing outlives a test, databases are fresh, faults happen.

use std::env;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use testkit::clock::FixedClock;
use testkit::directory::Directory;
use testkit::fault::TcpProxy;
use testkit::ports;
use testkit::postgres::{Durability, Postgres};
use testkit::process::{Child, Signal, wait_until};
use testkit::random::SeededBytes;

const SOON: Duration = Duration::from_secs(20);

fn is_alive(id: &str) -> bool {
    // An ended process that nobody waited for still has a directory, and no command line.
    std::fs::read(Path::new("/proc").join(id).join("cmdline")).is_ok_and(|line| !line.is_empty())
}

#[test]
fn a_test_process_that_is_killed_leaves_nothing_behind() {
    if env::var_os("TESTKIT_LEAVE").is_some() {
        let cluster = Postgres::shared();
        let child = Child::start("sleep", Command::new("sleep").arg("600"));
        let directory = Directory::new();
        let postmaster = cluster.sql("postgres", "select pg_read_file('postmaster.pid')");
        let postmaster = postmaster.lines().next().unwrap();
        println!("left: {} {postmaster} {}", child.id(), directory.path().display());
        let itself = std::process::id().to_string();
        Command::new("kill").args(["-KILL", &itself]).status().unwrap();
    }
    let test = "helpers::a_test_process_that_is_killed_leaves_nothing_behind";
    let mut again = Command::new(env::current_exe().unwrap());
    let output = again.args(["--exact", test, "--nocapture"]).env("TESTKIT_LEAVE", "1").output().unwrap();
    assert!(!output.status.success(), "the other process was to be killed");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let left = stdout.lines().find_map(|line| line.split_once("left: ")).expect("a line of what was left").1;
    let left: Vec<&str> = left.split(' ').collect();
    wait_until("the child ends", SOON, || !is_alive(left[0]));
    wait_until("the cluster ends", SOON, || !is_alive(left[1]));
    wait_until("the directory goes", SOON, || !Path::new(left[2]).exists());
}

#[test]
fn each_database_is_fresh_and_a_template_is_copied() {
    let cluster = Postgres::shared();
    let template = cluster.template(|url| {
        let name = url.rsplit('/').next().unwrap();
        cluster.sql(name, "create table notes (text text); insert into notes values ('kept')");
    });
    let (copy, other) = (cluster.database_from(&template), cluster.database());
    let name = |url: &str| url.rsplit('/').next().unwrap().to_owned();
    assert_eq!(cluster.sql(&name(&copy), "select text from notes").trim(), "kept");
    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!(cluster.sql(&name(&other), tables).trim(), "0");
}

#[test]
fn a_cluster_keeps_what_was_committed_over_a_crash() {
    let cluster = Postgres::new(Durability::On);
    assert_eq!(cluster.sql("postgres", "show fsync").trim(), "on");
    cluster.sql("postgres", "create table notes (text text); insert into notes values ('kept')");
    cluster.crash();
    assert!(!ports::is_open(cluster.port()));
    cluster.start();
    assert_eq!(cluster.sql("postgres", "select text from notes").trim(), "kept");
}

#[test]
fn a_paused_child_still_ends_when_asked() {
    let mut child = Child::start("sleep", Command::new("sleep").arg("600"));
    child.signal(Signal::STOP);
    let started = Instant::now();
    assert!(!child.stop().success());
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// Answers each byte with the same byte, on each connection in turn.
fn echo() -> std::net::SocketAddr {
    let listener = TcpListener::bind(ports::loopback(0)).expect("a loopback port");
    let address = listener.local_addr().expect("a bound address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut byte = [0];
            while stream.read_exact(&mut byte).is_ok() && stream.write_all(&byte).is_ok() {}
        }
    });
    address
}

#[test]
fn the_proxy_delays_holds_resets_and_heals() {
    let proxy = TcpProxy::to(echo());
    let mut stream = TcpStream::connect(proxy.address()).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    let ask = |stream: &mut TcpStream| stream.write_all(b"x").and_then(|()| stream.read_exact(&mut [0]));
    ask(&mut stream).unwrap();

    proxy.delay(Duration::from_millis(60));
    let started = Instant::now();
    ask(&mut stream).unwrap();
    assert!(started.elapsed() >= Duration::from_millis(120), "held back both ways");

    proxy.blackhole();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    assert!(ask(&mut stream).is_err(), "nothing moves");
    proxy.heal();
    stream.set_read_timeout(Some(SOON)).unwrap();
    stream.read_exact(&mut [0]).expect("the held answer arrives");

    proxy.reset();
    wait_until("the connection is cut", SOON, || ask(&mut stream).is_err());
    proxy.heal();
    ask(&mut TcpStream::connect(proxy.address()).unwrap()).unwrap();
}

#[test]
fn the_clock_and_the_random_source_repeat() {
    let clock = FixedClock::at_text("2026-11-02T14:00:00Z");
    let shown = clock.clone();
    clock.advance(TimeDelta::minutes(90));
    assert_eq!(shown.now().to_rfc3339(), "2026-11-02T15:30:00+00:00");

    let (mut one, mut same, mut other) = (SeededBytes::new(7), SeededBytes::new(7), SeededBytes::new(8));
    let bytes: [u8; 33] = one.array();
    assert_eq!(bytes, same.array());
    assert_ne!(bytes, other.array());
    assert_eq!(one.uuid(clock.now()).get_version_num(), 7);
}
