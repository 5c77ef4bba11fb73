//! Programs under load: started on loopback, waited for, looked at, ended by their id.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// A hundred thousand agents have to be read from the disk before the first answer.
const READY_WITHIN: Duration = Duration::from_mins(3);
/// How often readiness is asked for.
const POLL: Duration = Duration::from_millis(50);

/// A running program that answers HTTP on a loopback port; killed when dropped.
pub(super) struct Program {
    name: &'static str,
    child: Child,
    port: u16,
}

impl Program {
    /// Starts it with its output going to a file of its name, and waits until that path answers 200.
    pub(super) fn start(
        name: &'static str,
        command: &mut Command,
        port: u16,
        ready: &str,
        logs: &Path,
    ) -> Result<Self, Failure> {
        let path = logs.join(format!("{name}.log"));
        let of_log = |source| Failure::File { path: path.clone(), source };
        let log = File::create(&path).map_err(of_log)?;
        let errors = log.try_clone().map_err(of_log)?;
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let child = command.spawn().map_err(|source| Failure::Start { program: name.to_owned(), source })?;
        let mut program = Self { name, child, port };
        let end = Instant::now() + READY_WITHIN;
        let request = format!("GET {ready} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        while !program.exchange(&request).is_some_and(|answer| is_ok(&answer)) {
            let ended = program.child.try_wait().ok().flatten();
            if ended.is_some() || Instant::now() > end {
                let said = fs::read_to_string(&path).unwrap_or_default();
                return Err(Failure::Unfit(format!("{name} does not get ready ({ended:?}): {said}")));
            }
            thread::sleep(POLL);
        }
        Ok(program)
    }

    /// Where it answers.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Its process id.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks once, with patience, and expects an answer that holds a text.
    pub(super) fn ask(&self, path: &str, token: &str, body: &str, expected: &str) -> Result<(), Failure> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
             authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        match self.exchange(&request) {
            Some(answer) if is_ok(&answer) && answer.contains(expected) => Ok(()),
            other => Err(Failure::Unfit(format!("{} does not answer as expected: {other:?}", self.name))),
        }
    }

    /// Sends a request and reads the whole answer.
    pub(super) fn exchange(&self, request: &str) -> Option<String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut stream = TcpStream::connect_timeout(&address, POLL).ok()?;
        stream.set_read_timeout(Some(READY_WITHIN)).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The memory it holds now, in bytes.
    pub(super) fn resident_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes * 1024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to kill, and only its status to take.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

fn is_ok(answer: &str) -> bool {
    answer.split(' ').nth(1) == Some("200")
}

/// A port of 127.0.0.1 on which nothing listens.
pub(super) fn free_port() -> Result<u16, Failure> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    bound
        .map(|address| address.port())
        .map_err(|source| Failure::Start { program: "a listener".to_owned(), source })
}
