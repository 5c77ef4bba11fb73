//! Looks host names up. A trait, so that a test can be the name server of an attacker.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;

/// The addresses of a host, on their way.
pub type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Looks a host name up. What comes back is checked by the caller; it need not be trusted.
pub trait Resolve: Send + Sync {
    /// All addresses of `host`, IPv4 and IPv6.
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a>;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}
