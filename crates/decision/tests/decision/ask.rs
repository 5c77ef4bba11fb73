//! A call that owns what it asks, so that tables and strategies can hold many.

use std::net::IpAddr;

use decision::{Call, Operation, Subject};
use model::GatewayId;
use serde_json::Value;

use crate::make;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ask {
    pub(crate) gateway: GatewayId,
    pub(crate) subject: Subject,
    pub(crate) delegation: bool,
    pub(crate) server: String,
    pub(crate) workspace: Option<String>,
    pub(crate) what: What,
    pub(crate) address: Option<IpAddr>,
    pub(crate) uses: u64,
    /// Whether the principal belongs to the other organization.
    pub(crate) abroad: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    Tool(String, Option<Value>),
    Visible(String),
    Session,
    Unseen,
    UnknownMethod,
    Malformed,
}

impl What {
    pub(crate) fn tool(&self) -> Option<&str> {
        match self {
            Self::Tool(name, _) | Self::Visible(name) => Some(name),
            _ => None,
        }
    }
}

impl Ask {
    pub(crate) fn call(&self) -> Call<'_> {
        let operation = match &self.what {
            What::Tool(name, arguments) => Operation::Tool { name, arguments: arguments.as_ref() },
            What::Visible(name) => Operation::Visibility { name },
            What::Session => Operation::Session { method: "tools/list" },
            What::Unseen => Operation::Unseen,
            What::UnknownMethod => Operation::UnknownMethod { method: "tools/imagine" },
            What::Malformed => Operation::Malformed,
        };
        Call {
            now: make::now(),
            gateway: self.gateway,
            subject: self.subject,
            delegation_presented: self.delegation,
            server: &self.server,
            workspace: self.workspace.as_deref(),
            operation,
            address: self.address,
            uses: self.uses,
        }
    }
}
