//! Loopback ports for the components of a test.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

/// Below the range that the kernel hands to outgoing connections, so that no client of another
/// test can be given the port between our asking and the component's binding.
const FIRST: u16 = 10_240;
const COUNT: u16 = 22_000;

/// Test processes that run side by side start this far apart.
const STRIDE: u32 = 97;

static TAKEN: AtomicU16 = AtomicU16::new(0);

/// A port of 127.0.0.1 on which nothing listens, never given twice by one process.
pub fn free() -> u16 {
    let start = std::process::id().wrapping_mul(STRIDE) % u32::from(COUNT);
    let start = u16::try_from(start).expect("less than the count");
    for _ in 0..COUNT {
        let step = TAKEN.fetch_add(1, Ordering::Relaxed) % COUNT;
        let port = FIRST + (start + step) % COUNT;
        if TcpListener::bind(loopback(port)).is_ok() {
            return port;
        }
    }
    panic!("no free port from {FIRST} on");
}

/// The loopback address with a port.
pub fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Tells whether something accepts connections on a port of 127.0.0.1.
pub fn is_open(port: u16) -> bool {
    TcpStream::connect_timeout(&loopback(port), Duration::from_secs(1)).is_ok()
}
