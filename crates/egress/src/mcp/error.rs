//! Why a server's tools could not be imported.

use crate::EgressError;

/// Safe to show to the tenant who named the server; what the server itself said is cut and stripped of control
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum McpError {
    /// The request was refused here or failed on its way.
    #[error(transparent)]
    Egress(#[from] EgressError),
    /// The server does not accept the credential (HTTP 401), or wants one.
    #[error("the server refused the credential")]
    Unauthorized,
    /// The server answered with an HTTP status that is no success, and no JSON-RPC error.
    #[error("the server answered with HTTP status {0}")]
    Status(u16),
    /// The server answered with a JSON-RPC error.
    #[error("the server refused with code {code}: `{message}`")]
    Refused {
        /// The JSON-RPC code.
        code: i64,
        /// The server's words, at most 200 characters.
        message: String,
    },
    /// The answer is not what the protocol says.
    #[error("the server's answer is malformed: {0}")]
    Malformed(&'static str),
    /// The answer ended without a response to the request.
    #[error("the server did not answer the request")]
    NoAnswer,
    /// The server speaks only revisions of the protocol that are not spoken here.
    #[error("the server speaks no known revision of the protocol")]
    UnsupportedVersion,
    /// The list of tools goes on beyond what is read.
    #[error("the server lists more than is read: {0}")]
    TooMuch(&'static str),
}
