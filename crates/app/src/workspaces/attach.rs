use decision::{Action, On};
use model::{Attachment, Edit, FactKind, ServerId, WorkspaceId};

use crate::{Error, Plan, Planning};

/// Offers a server in a workspace. Offering it twice changes nothing; true: it was not offered before.
pub fn attach(
    planning: &Planning<'_>,
    workspace: WorkspaceId,
    server: ServerId,
) -> Result<Plan<bool>, Error> {
    let permit = planning.permit(Action::AttachmentAdd, On::Workspace(workspace))?;
    planning.workspace(workspace)?;
    if !planning.server(server)?.is_active() {
        let detail = "the server was taken out of use; register a new one".to_owned();
        return Err(Error::Conflict { code: "state", detail });
    }
    let new = !planning.facts.is_attached(server, workspace);
    let edits = if new { vec![Edit::create(Attachment { server, workspace })] } else { Vec::new() };
    Ok(Plan::new(permit, edits, new))
}

/// No longer offers a server in a workspace. Grants on it stay, and count again should it be offered again.
pub fn detach(planning: &Planning<'_>, workspace: WorkspaceId, server: ServerId) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::AttachmentRemove, On::Workspace(workspace))?;
    if !planning.facts.is_attached(server, workspace) {
        return Err(Error::NotFound(FactKind::Attachment));
    }
    Ok(Plan::new(permit, vec![Edit::remove(Attachment { server, workspace })], ()))
}
