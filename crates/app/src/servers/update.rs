use decision::{Action, On};
use model::{CredentialMode, Edit, IdentityMode, Name, Server, ServerId};

use crate::servers::{ServerUrl, in_use};
use crate::{Error, Plan, Planning};

/// What about a server is to be otherwise. None: as it is. The slug stays, since gateways are configured with it.
#[derive(Debug, Clone, Default)]
pub struct ServerPatch {
    /// What it is called.
    pub name: Option<Name>,
    /// Where its tools are imported from. `Some(None)`: nowhere any more.
    pub url: Option<Option<ServerUrl>>,
    /// Whose credentials it is called with.
    pub credential_mode: Option<CredentialMode>,
    /// Who must be allowed for a call.
    pub identity_mode: Option<IdentityMode>,
}

/// Changes a server.
pub fn update(planning: &Planning<'_>, id: ServerId, wanted: ServerPatch) -> Result<Plan<Server>, Error> {
    let permit = planning.permit(Action::ServerUpdate, On::Server(id))?;
    let before = in_use(planning, id)?.clone();
    planning.still(before.clone())?;
    let mut after = before.clone();
    after.name = wanted.name.unwrap_or(after.name);
    if let Some(url) = wanted.url {
        after.url = url.map(ServerUrl::into_text);
    }
    after.credential_mode = wanted.credential_mode.unwrap_or(after.credential_mode);
    after.identity_mode = wanted.identity_mode.unwrap_or(after.identity_mode);
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
