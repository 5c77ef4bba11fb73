use decision::{Action, On};
use model::{ConnectionId, FactKind, SessionId, UserId, cascade};
use store::ProviderLogout;

use crate::members::Cut;
use crate::members::leave::membership;
use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Ends everything that proves a person here: their sessions, their management keys, and with them their agents and those
/// agents' keys, in one revision. They stay a member: whoever can still prove who they are signs in again, and takes
/// their agents over.
pub fn sign_out(planning: &Planning<'_>, user: UserId, reason: &str) -> Result<Plan<Cut>, Error> {
    let permit = planning.permit(Action::MemberSignOut, On::Member(user))?;
    membership(planning, user)?;
    let reason = sentence("reason", reason)?;
    let edits = cascade::owner_lost(planning.facts, user, &planning.because(&reason));
    let cut = Cut::of(&edits);
    Ok(Plan::new(permit, edits, cut).because(reason).signing_out(user))
}

/// Ends one session of a person here, and nothing else. `found`: the session, where it opens the organization.
pub fn end_session(
    planning: &Planning<'_>,
    user: UserId,
    found: Option<SessionId>,
    reason: &str,
) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::MemberSignOut, On::Member(user))?;
    membership(planning, user)?;
    let session = found.ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
    let reason = sentence("reason", reason)?;
    let note = format!("{reason} (session {session})");
    Ok(Plan::new(permit, Vec::new(), ()).because(note.trim().to_owned()).ending(user, session))
}

/// Ends a person's sessions here, and nothing else: they sign in again, and their agents go on.
pub fn end_sessions(planning: &Planning<'_>, user: UserId, reason: &str) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::MemberSignOut, On::Member(user))?;
    membership(planning, user)?;
    let reason = sentence("reason", reason)?;
    Ok(Plan::new(permit, Vec::new(), ()).because(reason).signing_out(user))
}

/// Ends a person's sessions that came in by a connection, and nothing else: what they have by other ways is not its
/// provider's.
pub(crate) fn end_sessions_through(
    planning: &Planning<'_>,
    user: UserId,
    connection: ConnectionId,
    reason: &str,
) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::MemberSignOut, On::Member(user))?;
    membership(planning, user)?;
    let said = ProviderLogout { connection, user, session: None, token: None };
    Ok(Plan::new(permit, Vec::new(), ()).because(sentence("reason", reason)?).logging_out(said))
}
