use decision::{Action, On, Permit};
use model::{Member, WorkspaceId};

use crate::{Error, Planning};

/// A permit for a place in a workspace. Who may see the workspace is told why not; to anybody else it does not exist.
pub(super) fn permit(
    planning: &Planning<'_>,
    action: Action,
    workspace: WorkspaceId,
    member: Member,
) -> Result<Permit, Error> {
    planning.permit(action, On::Place(workspace, member)).map_err(|error| match error {
        Error::Hidden(denial) if planning.permit(Action::WorkspaceRead, On::Workspace(workspace)).is_ok() => {
            Error::Denied(denial)
        }
        other => other,
    })
}
