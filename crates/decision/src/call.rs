use std::net::IpAddr;

use model::{GatewayId, KeyId, PrincipalId, Timestamp};
use serde_json::Value;

/// "May this agent make this call?", as every dialect of gateway asks it in the end.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// When.
    pub now: Timestamp,
    /// Who asks. Its key has been verified.
    pub gateway: GatewayId,
    /// Who is said or proven to make the call.
    pub subject: Subject,
    /// Whether a user's delegation was presented with it.
    pub delegation_presented: bool,
    /// The slug of the server.
    pub server: &'a str,
    /// The slug of the workspace, where the gateway says it.
    pub workspace: Option<&'a str>,
    /// What is called.
    pub operation: Operation<'a>,
    /// The address that the caller came from, where the gateway says it.
    pub address: Option<IpAddr>,
    /// How often the credential has been used so far. Counted only for keys whose uses are limited.
    pub uses: u64,
}

/// Who is said or proven to make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// No credential came with the call.
    Missing,
    /// A credential came, and it is nobody's.
    Unknown,
    /// A key whose secret was verified against its hash.
    Key(KeyId),
    /// A key was verified, and the gateway names somebody else.
    Mismatch(KeyId),
    /// The gateway names the subject and shows no credential.
    Asserted(PrincipalId),
    /// The gateway names a subject that is not here, and shows no credential.
    AssertedUnknown,
}

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operation<'a> {
    /// A tool, with its arguments where the gateway shows them.
    Tool {
        /// Its name.
        name: &'a str,
        /// Its arguments.
        arguments: Option<&'a Value>,
    },
    /// Whether the tool may be seen at all: as a call with some arguments that would be allowed.
    Visibility {
        /// Its name.
        name: &'a str,
    },
    /// A message that concerns the connection and not one tool: discovery, listing, notifications.
    Session {
        /// Its JSON-RPC method, or the HTTP method where there is no message.
        method: &'a str,
    },
    /// A tool is called, but the gateway does not show which.
    Unseen,
    /// A method that nothing can grant.
    UnknownMethod {
        /// Its name.
        method: &'a str,
    },
    /// Bytes that are no message, or a message that contradicts its headers.
    Malformed,
}

impl<'a> Operation<'a> {
    /// The tool, where one is named.
    pub fn tool(&self) -> Option<&'a str> {
        match self {
            Self::Tool { name, .. } | Self::Visibility { name } => Some(name),
            _ => None,
        }
    }

    /// The method, as evidence writes it.
    pub fn method(&self) -> &'a str {
        match self {
            Self::Tool { .. } | Self::Unseen => "tools/call",
            Self::Visibility { .. } => "tools/visible",
            Self::Session { method } | Self::UnknownMethod { method } => method,
            Self::Malformed => "malformed",
        }
    }
}
