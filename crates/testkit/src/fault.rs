//! A network that fails when told: a TCP proxy between a client and a server.
//!
//! It runs on threads of its own, so that a test which blocks its runtime does not stop it.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;

use crate::ports::loopback;

/// How soon an idle connection notices a change of state.
const TICK: Duration = Duration::from_millis(10);

/// What the network does with bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Pass,
    Delay(Duration),
    Blackhole,
    Reset,
    Closed,
}

/// A proxy to one server; healthy at first.
#[derive(Debug)]
pub struct TcpProxy {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl TcpProxy {
    /// Listens on a loopback port and forwards to the server.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind(loopback(0)).expect("a loopback port");
        let address = listener.local_addr().expect("a bound address");
        let state = Arc::new(Mutex::new(State::Pass));
        let shared = Arc::clone(&state);
        thread::spawn(move || accept(&listener, server, &shared));
        Self { address, state }
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Holds every piece of data back for a while, in both directions.
    pub fn delay(&self, by: Duration) {
        self.set(State::Delay(by));
    }

    /// Moves nothing any more, and says nothing: connections stay open, as in a partition.
    pub fn blackhole(&self) {
        self.set(State::Blackhole);
    }

    /// Cuts all connections with a reset, new ones as well.
    pub fn reset(&self) {
        self.set(State::Reset);
    }

    /// Works again; connections that were only held go on where they stopped.
    pub fn heal(&self) {
        self.set(State::Pass);
    }

    fn set(&self, state: State) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

impl Drop for TcpProxy {
    fn drop(&mut self) {
        self.set(State::Closed);
        // Wakes the accepting thread, so that it sees the end.
        drop(TcpStream::connect_timeout(&self.address, TICK));
    }
}

fn get(state: &Mutex<State>) -> State {
    *state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, server: SocketAddr, state: &Arc<Mutex<State>>) {
    for client in listener.incoming().flatten() {
        let now = get(state);
        if now == State::Closed {
            return;
        }
        // A close with nothing lingering is a reset.
        let _ = set_socket_linger(&client, Some(Duration::ZERO));
        if now == State::Reset {
            continue;
        }
        let Ok(upstream) = TcpStream::connect(server) else { continue };
        let _ = set_socket_linger(&upstream, Some(Duration::ZERO));
        for (from, to) in [(&client, &upstream), (&upstream, &client)] {
            let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else { continue };
            let state = Arc::clone(state);
            thread::spawn(move || pump(from, to, &state));
        }
    }
}

/// Moves bytes one way until an end is reached or the connection is cut.
fn pump(mut from: TcpStream, mut to: TcpStream, state: &Mutex<State>) {
    if from.set_read_timeout(Some(TICK)).is_err() || from.set_nodelay(true).is_err() {
        return;
    }
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match get(state) {
            State::Reset | State::Closed => return,
            State::Blackhole => {
                thread::sleep(TICK);
                continue;
            }
            State::Pass | State::Delay(_) => {}
        }
        let count = match from.read(&mut buffer) {
            Ok(0) => {
                let _ = to.shutdown(std::net::Shutdown::Write);
                return;
            }
            Ok(count) => count,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => continue,
            Err(_) => return,
        };
        if let State::Delay(by) = get(state) {
            thread::sleep(by);
        }
        let read = buffer.get(..count).unwrap_or_default();
        if !hold(state) || to.write_all(read).is_err() {
            return;
        }
    }
}

/// Keeps bytes that were read just before a partition until it heals; false when cut instead.
fn hold(state: &Mutex<State>) -> bool {
    loop {
        match get(state) {
            State::Blackhole => thread::sleep(TICK),
            State::Reset | State::Closed => return false,
            State::Pass | State::Delay(_) => return true,
        }
    }
}
