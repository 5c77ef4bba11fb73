//! Who may come in past an organization's own provider, and that nobody does so unnoticed.

use decision::{Action, On};
use model::{OrganizationId, Origin, Session, UserId};

use crate::{App, Changed, Error, Plan, Planning, Reading, Request};

/// Two (security.md S8): one person may be away, and every more is a way around the provider.
pub const BREAK_GLASS_LIMIT: u32 = 2;

impl App {
    /// The break-glass accounts of the organization that is read.
    pub async fn break_glass(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<Vec<UserId>, Error> {
        reading.check(Action::BreakGlassRead, On::Organization)?;
        Ok(self.store.break_glass_of(organization).await?)
    }

    /// Names a member who may come in past the organization's provider. They need a way to prove here who they are.
    pub async fn add_break_glass(&self, request: Request, user: UserId) -> Result<Changed<()>, Error> {
        let organization = request.organization;
        let methods = self.methods(user).await?;
        let there = self.store.break_glass_of(organization).await?;
        let changed = self
            .change(request, |planning| {
                let permit = planning.permit(Action::BreakGlassAdd, On::Member(user))?;
                planning.active_member("user", user)?;
                if methods.passkeys.is_empty() && !methods.has_password() {
                    let reason = "has neither a passkey nor a password with an authenticator; they add one under Account";
                    return Err(Error::invalid("user", reason));
                }
                if !there.contains(&user) && there.len() >= BREAK_GLASS_LIMIT as usize {
                    return Err(full());
                }
                Ok(Plan::new(permit, Vec::new(), ()))
            })
            .await?;
        let now = self.engine.world().now();
        let added = self.store.add_break_glass(organization, user, now, BREAK_GLASS_LIMIT).await?;
        if added || there.contains(&user) { Ok(changed) } else { Err(full()) }
    }

    /// A member may come in past the organization's provider no longer. Sessions that they have by it end.
    pub async fn remove_break_glass(&self, request: Request, user: UserId) -> Result<Changed<()>, Error> {
        let organization = request.organization;
        let plan = |planning: &Planning<'_>| {
            let permit = planning.permit(Action::BreakGlassRemove, On::Member(user))?;
            Ok(Plan::new(permit, Vec::new(), ()))
        };
        let changed = self.change(request, plan).await?;
        self.store.remove_break_glass(organization, user).await?;
        self.store.end_sessions_in(user, organization).await?;
        Ok(changed)
    }

    /// Makes it known that somebody has come in past an organization's provider: as evidence there, which its pages
    /// show, and in the log. Without the evidence, nobody comes in.
    pub(super) async fn alert_of_break_glass(&self, session: &Session) -> Result<(), Error> {
        let Origin::Local { honoured_by: Some(organization) } = session.origin else { return Ok(()) };
        let user = session.user;
        let Some(place) = self.place(session, &organization.to_string()).await? else { return Ok(()) };
        let request = Request { caller: place.caller(), organization, home: None, if_match: None };
        let note = format!("came in past the provider by {}", session.proof.say());
        let plan = |planning: &Planning<'_>| {
            let permit = planning.permit(Action::BreakGlassUse, On::Member(user))?;
            Ok(Plan::new(permit, Vec::new(), ()).because(note))
        };
        self.change(request, plan).await?;
        tracing::warn!(%organization, %user, proof = ?session.proof, "break-glass account used");
        Ok(())
    }
}

fn full() -> Error {
    let detail = format!("there are {BREAK_GLASS_LIMIT} break-glass accounts; remove one first");
    Error::Conflict { code: "break_glass", detail }
}
