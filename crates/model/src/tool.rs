use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ServerId, ToolId, ToolName};

/// One operation of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its id.
    pub id: ToolId,
    /// Whose operation it is.
    pub server: ServerId,
    /// Its name, exactly as the server gives it.
    pub name: ToolName,
    /// A title for people; may be empty.
    pub title: String,
    /// What it can do to the world. Set by people here, never taken from the server's own hints.
    pub risk: Risk,
    /// The digest of the definition that the server gives now.
    pub definition: DefinitionHash,
    /// The digest that a person last looked at and accepted. Differs after drift: the tool is denied then.
    pub reviewed: Option<DefinitionHash>,
    /// Whether the server still offers it.
    pub state: ToolState,
}

/// What a tool can do to the world. The order is by harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Looks.
    Read,
    /// Changes, and can be undone.
    Write,
    /// Cannot be undone.
    Destructive,
}

/// Whether a server still offers a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolState {
    /// It does.
    Offered,
    /// It no longer did at the last import; calls are denied, history stays.
    Withdrawn,
}

/// SHA-256 of a tool's canonical definition, 64 lower-case hexadecimal digits in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DefinitionHash(pub [u8; 32]);

impl Tool {
    /// Whether a person has accepted the definition that is served now.
    pub fn is_reviewed(&self) -> bool {
        self.reviewed == Some(self.definition)
    }
}

impl fmt::Display for DefinitionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for DefinitionHash {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "expected 64 hexadecimal digits";
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(SHAPE);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| SHAPE)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| SHAPE)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for DefinitionHash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        text.parse()
    }
}

impl From<DefinitionHash> for String {
    fn from(hash: DefinitionHash) -> Self {
        hash.to_string()
    }
}
