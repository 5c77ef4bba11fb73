//! Real processes: started with their output kept, waited for with a bound, ended by their id.

use std::fs::{self, File};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, kill_process};

pub use rustix::process::Signal;

use crate::directory::Directory;
use crate::guardian;

/// How often a condition is looked at; short enough not to be felt in a test's time.
const POLL: Duration = Duration::from_millis(5);

/// How long a component may take to end when asked.
const GRACE: Duration = Duration::from_secs(10);

/// A running program; ended (SIGTERM, then SIGKILL) when dropped.
#[derive(Debug)]
pub struct Child {
    name: String,
    inner: std::process::Child,
    logs: Directory,
    ended: Option<ExitStatus>,
}

impl Child {
    /// Starts a program with its output going to files and nothing on its input.
    pub fn start(name: &str, command: &mut Command) -> Self {
        let logs = Directory::new();
        let log = |file| File::create(logs.join(file)).expect("a log file");
        let inner = command
            .stdin(Stdio::null())
            .stdout(log("stdout"))
            .stderr(log("stderr"))
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        guardian::watch(inner.id());
        Self { name: name.to_owned(), inner, logs, ended: None }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.inner.id()
    }

    /// What it has written to its standard output so far.
    pub fn stdout(&self) -> String {
        self.log("stdout")
    }

    /// What it has written to its standard error so far.
    pub fn stderr(&self) -> String {
        self.log("stderr")
    }

    fn log(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.logs.join(name)).unwrap_or_default()).into_owned()
    }

    /// Sends a signal, such as `Signal::STOP` and `Signal::CONT` for a pause.
    pub fn signal(&self, signal: Signal) {
        if self.ended.is_none() {
            // It may have ended by itself a moment ago: it is still ours until it is waited for.
            let _ = kill_process(Pid::from_child(&self.inner), signal);
        }
    }

    /// How it ended, if it has.
    pub fn poll(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.inner.try_wait().expect("our own child");
            if self.ended.is_some() {
                guardian::forget(self.inner.id());
            }
        }
        self.ended
    }

    /// Waits for it to end by itself.
    pub fn wait(&mut self, bound: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + bound;
        while self.poll().is_none() && Instant::now() < end {
            thread::sleep(POLL);
        }
        self.ended
    }

    /// Asks it to end (SIGTERM), and makes it end when it does not.
    pub fn stop(&mut self) -> ExitStatus {
        self.stop_with(Signal::TERM)
    }

    /// Asks it to end with a signal of its own, and makes it end when it does not.
    pub fn stop_with(&mut self, signal: Signal) -> ExitStatus {
        self.signal(signal);
        self.signal(Signal::CONT);
        self.wait(GRACE).unwrap_or_else(|| self.kill())
    }

    /// Ends it at once (SIGKILL), as a crash would.
    pub fn kill(&mut self) -> ExitStatus {
        self.signal(Signal::KILL);
        self.wait(GRACE).unwrap_or_else(|| panic!("{} does not end on SIGKILL", self.name))
    }

    /// Waits until it is ready, as the condition tells; fails with its output when it ends first
    /// or the bound is over.
    pub fn wait_ready(&mut self, bound: Duration, mut is_ready: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + bound;
        while !is_ready(self) {
            let ended = self.poll();
            if ended.is_some() || Instant::now() >= end {
                let state = ended.map_or_else(|| format!("not after {bound:?}"), |status| status.to_string());
                panic!("{} is not ready ({state}):\n{}\n{}", self.name, self.stdout(), self.stderr());
            }
            thread::sleep(POLL);
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if self.poll().is_none() {
            self.stop();
        }
    }
}

/// Looks at a condition until it holds; fails with what was waited for when the bound is over.
pub fn wait_until(what: &str, bound: Duration, mut condition: impl FnMut() -> bool) {
    let end = Instant::now() + bound;
    while !condition() {
        assert!(Instant::now() < end, "{what}: not after {bound:?}");
        thread::sleep(POLL);
    }
}

/// The same for a condition that awaits: asks until there is an answer.
pub async fn eventually<T>(what: &str, bound: Duration, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + bound;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "{what}: not after {bound:?}");
        tokio::time::sleep(POLL).await;
    }
}

/// Runs a program to its end and returns its standard output; fails with all output when it fails.
pub fn run(command: &mut Command) -> String {
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed ({}):\n{stdout}\n{stderr}", output.status);
    stdout
}
