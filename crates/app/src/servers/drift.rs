use model::{DefinitionHash, OrganizationId, ServerId, Snapshot, Tool, ToolId, ToolState};
use serde_json::Value;

use crate::{App, Error};

/// A tool that is denied because nobody has accepted what the server serves now.
#[derive(Debug, Clone, PartialEq)]
pub struct Drifted {
    /// The tool.
    pub tool: Tool,
    /// What is served now.
    pub definition: Option<Value>,
    /// What a person accepted last. None: nothing yet.
    pub reviewed: Option<Value>,
}

/// The tools of a server that wait for a review, in the order in which they were met.
pub fn drifted(facts: &Snapshot, server: ServerId, after: Option<ToolId>) -> impl Iterator<Item = &Tool> {
    facts
        .list_tools(after)
        .map(AsRef::as_ref)
        .filter(move |tool| tool.server == server && tool.state == ToolState::Offered && !tool.is_reviewed())
}

impl App {
    /// A definition as it was served, by its digest.
    pub async fn definition(
        &self,
        organization: OrganizationId,
        hash: DefinitionHash,
    ) -> Result<Option<Value>, Error> {
        Ok(self.store.definition(organization, hash).await?)
    }

    /// A tool with both its definitions, to be compared.
    pub async fn drift(&self, organization: OrganizationId, tool: Tool) -> Result<Drifted, Error> {
        let definition = self.definition(organization, tool.definition).await?;
        let reviewed = match tool.reviewed {
            Some(hash) => self.definition(organization, hash).await?,
            None => None,
        };
        Ok(Drifted { tool, definition, reviewed })
    }
}
