//! What the name servers of a domain say of it in text: how a domain is proven.
//!
//! One question, over TCP: every name server answers there (RFC 7766), an answer is never cut, and nobody who merely
//! sends packets can answer in its place. The resolver is the operator's, so it is the operator who decides whose
//! word for a domain counts; one that validates DNSSEC is the better one.

mod message;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::dns::message::Answered;

/// For the whole exchange: a person waits for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where a resolver listens.
const PORT: u16 = 53;

/// Where the system says which resolver it uses.
const SYSTEM: &str = "/etc/resolv.conf";

/// Why nothing could be learnt of a name. A fixed set, safe to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    /// Not a name that can be asked for.
    #[error("not a name that can be asked for")]
    InvalidName,
    /// No resolver is known, or it did not answer.
    #[error("the resolver did not answer")]
    Unreachable,
    /// It answered that it could not find out.
    #[error("the resolver could not find out")]
    Failed,
}

/// Asks a resolver.
#[derive(Debug, Clone, Default)]
pub struct Dns {
    resolver: Option<SocketAddr>,
}

impl Dns {
    /// Asks that resolver; none: the one that the system uses.
    pub fn new(resolver: Option<SocketAddr>) -> Self {
        Self { resolver }
    }

    /// Every text that a name has. None for a name that does not exist, which is no error: nothing is proven by it.
    ///
    /// `id` tells the question from others; it need not be secret over TCP.
    pub async fn texts(&self, name: &str, id: u16) -> Result<Vec<String>, DnsError> {
        let question = message::question(name, id).ok_or(DnsError::InvalidName)?;
        let resolver = match self.resolver {
            Some(resolver) => resolver,
            None => of_the_system().await.ok_or(DnsError::Unreachable)?,
        };
        let answer = timeout(PATIENCE, exchange(resolver, &question)).await;
        let answer = answer.map_err(|_| DnsError::Unreachable)?.map_err(|error| {
            tracing::info!(%resolver, name, %error, "the resolver did not answer");
            DnsError::Unreachable
        })?;
        match message::texts(&answer, id) {
            Some(Answered::Texts(texts)) => Ok(texts),
            Some(Answered::NoSuchName) => Ok(Vec::new()),
            Some(Answered::Failed) | None => Err(DnsError::Failed),
        }
    }
}

async fn exchange(resolver: SocketAddr, question: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(resolver).await?;
    let length = u16::try_from(question.len()).unwrap_or(u16::MAX);
    stream.write_all(&[&length.to_be_bytes(), question].concat()).await?;
    let length = stream.read_u16().await?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}

/// The first resolver that the system names.
async fn of_the_system() -> Option<SocketAddr> {
    let text = tokio::fs::read_to_string(SYSTEM).await.ok()?;
    let address = text.lines().find_map(|line| line.trim().strip_prefix("nameserver"))?;
    let address: IpAddr = address.trim().parse().ok()?;
    Some(SocketAddr::new(address, PORT))
}
