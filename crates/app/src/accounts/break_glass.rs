//! Who may come in past an organization's own provider.

use decision::{Action, On};
use model::{FactKind, OrganizationId, OrganizationRole, Snapshot, UserId};
use store::BreakGlassEdit;

use crate::{App, Changed, Error, Plan, Reading, Request};

/// Two (security.md S8): one person may be away, and every more is a way around the provider.
pub const BREAK_GLASS_LIMIT: u32 = 2;

/// A person who may come in past the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakGlass {
    /// Who.
    pub user: UserId,
    /// Whether they still have a way to prove here who they are. Without one, nobody is let in by it.
    pub can_sign_in: bool,
}

impl App {
    /// The break-glass accounts of the organization that is read, the first named first.
    pub async fn break_glass(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<Vec<BreakGlass>, Error> {
        reading.check(Action::BreakGlassRead, On::Organization)?;
        let mut named = Vec::new();
        for user in self.store.break_glass_of(organization).await? {
            named.push(BreakGlass { user, can_sign_in: self.methods(user).await?.are_enough() });
        }
        Ok(named)
    }

    /// Names a member who may come in past the organization's provider. They need a way to prove here who they are.
    pub async fn add_break_glass(&self, request: Request, user: UserId) -> Result<Changed<()>, Error> {
        let methods = self.methods(user).await?;
        self.change(request, |planning| {
            let permit = planning.permit(Action::BreakGlassAdd, On::Member(user))?;
            planning.active_member("user", user)?;
            if !methods.are_enough() {
                let reason =
                    "has neither a passkey nor a password with an authenticator; they add one under Account";
                return Err(Error::invalid("user", reason));
            }
            let add = BreakGlassEdit::Add { user, at: planning.now, most: BREAK_GLASS_LIMIT };
            Ok(Plan::new(permit, Vec::new(), ()).with_break_glass(add))
        })
        .await
    }

    /// A member may come in past the organization's provider no longer. Sessions that they have by it end.
    ///
    /// Refused while the provider is demanded and nobody else could mend it on the day when it is down, as every change is
    /// that would leave it so.
    pub async fn remove_break_glass(&self, request: Request, user: UserId) -> Result<Changed<()>, Error> {
        let named = self.store.break_glass_of(request.organization).await?;
        self.change(request, |planning| {
            let permit = planning.permit(Action::BreakGlassRemove, On::Member(user))?;
            if !named.contains(&user) {
                return Err(Error::NotFound(FactKind::User));
            }
            Ok(Plan::new(permit, Vec::new(), ()).with_break_glass(BreakGlassEdit::Remove(user)))
        })
        .await
    }
}

/// Whether somebody could mend what keeps the others out: honour other sign-ins, or set the provider up anew.
pub(super) fn can_mend(facts: &Snapshot, user: UserId) -> bool {
    let member = facts.member(user);
    member.is_some_and(|member| member.is_active() && member.role >= OrganizationRole::Admin)
}

/// Why no more are named.
pub(crate) fn full() -> Error {
    let detail = format!("there are {BREAK_GLASS_LIMIT} break-glass accounts; remove one first");
    Error::Conflict { code: "break_glass", detail }
}
