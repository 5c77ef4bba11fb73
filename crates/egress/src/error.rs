//! Why an outbound request was refused or failed.

/// A fixed set, safe to show to the tenant who named the URL: no address, no text of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// The text is not an absolute URL with a host.
    #[error("not an absolute URL")]
    InvalidUrl,
    /// Plain HTTP or something else, to a host the operator has not excepted.
    #[error("only `https` URLs are permitted")]
    SchemeDenied,
    /// A port other than 443, on a host the operator has not excepted.
    #[error("only port 443 is permitted")]
    PortDenied,
    /// The URL holds a user name or a password.
    #[error("a URL must not hold a user name or password")]
    UserInfoDenied,
    /// The host does not exist or has an address that is not public. One answer for both, so that nobody can
    /// ask here which names exist inside.
    #[error("the host has no public address")]
    HostDenied,
    /// A header cannot be sent as it is.
    #[error("a header is not valid")]
    InvalidHeader,
    /// Too many requests of this tenant are under way.
    #[error("too many requests are under way")]
    Busy,
    /// No connection could be made.
    #[error("the connection failed")]
    ConnectFailed,
    /// The certificate is not trusted, or TLS failed otherwise.
    #[error("no trusted TLS connection could be made")]
    TlsFailed,
    /// Connecting or the whole exchange took too long.
    #[error("the server took too long")]
    TimedOut,
    /// The server answered with a redirect.
    #[error("the server answered with a redirect, which is not followed")]
    Redirected,
    /// The body is larger than permitted.
    #[error("the answer is too large")]
    BodyTooLarge,
    /// The server broke off or did not speak HTTP.
    #[error("the answer broke off or is not HTTP")]
    BrokenAnswer,
}

impl EgressError {
    /// What a failure of the HTTP client means to a tenant; the whole of it goes to the operator's log.
    pub(crate) fn from_client(error: &reqwest::Error) -> Self {
        tracing::debug!(error = %chain(error), "outbound request failed");
        if error.is_timeout() {
            Self::TimedOut
        } else if has_tls_cause(error) {
            Self::TlsFailed
        } else if error.is_connect() {
            Self::ConnectFailed
        } else {
            Self::BrokenAnswer
        }
    }
}

/// TLS errors reach us wrapped in `io::Error`s, whose own `source` skips what they wrap.
fn has_tls_cause(error: &(dyn std::error::Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    wrapped.is_some_and(|inner| has_tls_cause(inner)) || error.source().is_some_and(has_tls_cause)
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
