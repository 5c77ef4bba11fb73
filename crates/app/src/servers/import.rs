use decision::{Action, On};
use model::{DefinitionHash, OrganizationId, ServerId, Snapshot};

use crate::servers::ask::Offer;
use crate::servers::in_use;
use crate::servers::take_in::{Imported, take_in};
use crate::{App, Changed, Error, Plan, Planning, Request};

/// How a server's tools are to be imported.
#[derive(Default)]
pub struct Import {
    /// A bearer token for that server, where it wants one. Used once, kept nowhere.
    pub credential: Option<String>,
    /// Whether everything counts as reviewed by being imported. Only for a server that has no tools yet: later, a
    /// changed tool has to be looked at.
    pub accept: bool,
}

impl App {
    /// Imports the tools of a live MCP server: asks it outside of the lock, then takes in what is new, changed or gone
    /// in one change.
    ///
    /// Two decisions are recorded, because two things are done: the server is asked in the organization's name, and
    /// its answer becomes facts.
    pub async fn import_tools(
        &self,
        request: Request,
        server: ServerId,
        how: Import,
    ) -> Result<Changed<Imported>, Error> {
        let organization = request.organization;
        let asking = Request { if_match: None, ..request.clone() };
        let url = self.change(asking, |planning| may_ask(planning, server, how.accept)).await?.value;
        let offer = self.ask_server(organization, &url, how.credential.as_deref()).await?;
        self.keep_definitions(organization, server, &offer).await?;
        self.change(request, |planning| take_in(planning, server, &url, offer, how.accept)).await
    }

    /// Keeps what is not kept yet, before any tool names it: a tool whose definition is missing could not be reviewed.
    async fn keep_definitions(
        &self,
        organization: OrganizationId,
        server: ServerId,
        offer: &Offer,
    ) -> Result<(), Error> {
        let facts = self.engine.replica().hold(organization).await?;
        for tool in &offer.tools {
            if known(&facts, server, tool.name.as_str()) != Some(tool.definition.hash) {
                self.store.put_definition(organization, tool.definition.hash, &tool.definition.value).await?;
            }
        }
        Ok(())
    }
}

fn known(facts: &Snapshot, server: ServerId, name: &str) -> Option<DefinitionHash> {
    facts.tool_by_name(server, name).map(|tool| tool.definition)
}

/// Whether the caller may have the server asked at all, and where it is. Changes nothing.
fn may_ask(planning: &Planning<'_>, server: ServerId, accept: bool) -> Result<Plan<String>, Error> {
    let permit = planning.permit(Action::ToolImport, On::Server(server))?;
    let url = in_use(planning, server)?.url.clone();
    let url = url.ok_or_else(|| Error::Conflict {
        code: "no_url",
        detail: "the server has no URL to import from; give it one, or enter its tools by hand".to_owned(),
    })?;
    first_if_accepting(planning, server, accept)?;
    Ok(Plan::new(permit, Vec::new(), url))
}

/// Accepting everything unseen is for a server that nobody relies on yet.
pub(super) fn first_if_accepting(
    planning: &Planning<'_>,
    server: ServerId,
    accept: bool,
) -> Result<(), Error> {
    if accept && planning.facts.tools_of(server).next().is_some() {
        return Err(Error::invalid(
            "accept",
            "only at the first import; later, review each tool that is new or changed",
        ));
    }
    Ok(())
}
