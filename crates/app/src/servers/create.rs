use decision::{Action, On};
use model::{CredentialMode, Edit, IdentityMode, Name, Server, ServerId, ServerState, Slug};

use crate::servers::ServerUrl;
use crate::workspaces::no_id;
use crate::{Error, Plan, Planning};

/// A server to be registered. It is offered nowhere until it is attached to a workspace.
#[derive(Debug, Clone)]
pub struct NewServer {
    /// Its name in calls and gateway configurations.
    pub slug: Slug,
    /// What it is called.
    pub name: Name,
    /// Where its tools are imported from, if they are.
    pub url: Option<ServerUrl>,
    /// Whose credentials it is called with.
    pub credential_mode: CredentialMode,
    /// Who must be allowed for a call.
    pub identity_mode: IdentityMode,
}

/// Registers a server. A slug that any server here ever had is taken, so that evidence never names two.
pub fn create(planning: &Planning<'_>, new: NewServer) -> Result<Plan<Server>, Error> {
    let id = ServerId::draw(planning.now, &mut planning.entropy());
    let permit = planning.permit_new(Action::ServerCreate, On::Server(id))?;
    let slug = no_id(new.slug)?;
    if planning.facts.server_by_slug(slug.as_str()).is_some() {
        let detail = format!("`{slug}` is or was the slug of a server here; slugs are never used again");
        return Err(Error::Conflict { code: "taken", detail });
    }
    let server = Server {
        id,
        slug,
        name: new.name,
        url: new.url.map(ServerUrl::into_text),
        credential_mode: new.credential_mode,
        identity_mode: new.identity_mode,
        state: ServerState::Active,
    };
    Ok(Plan::new(permit, vec![Edit::create(server.clone())], server))
}
