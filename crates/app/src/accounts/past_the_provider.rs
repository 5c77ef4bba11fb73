//! Coming in past an organization's own provider, by a break-glass account: possible, and never unnoticed.

use decision::{Action, On};
use model::{OrganizationId, Origin, Session, SessionId, UserId};

use super::break_glass_letter::letters;
use crate::sessions::{Opened, SignIn};
use crate::{App, Error, Plan, Planning, Request};

impl App {
    /// The organization that a person comes into past its provider, proving here who they are: one that demands a
    /// provider and has named them. Of several the one that `next` leads into, otherwise the first.
    ///
    /// While an organization demands none there is nothing to come in past, and nobody to be alarmed; and a session
    /// from that time is not honoured once it does.
    pub(super) async fn let_past_by(
        &self,
        user: UserId,
        next: &str,
    ) -> Result<Option<OrganizationId>, Error> {
        let towards = next.strip_prefix("/o/").and_then(|rest| rest.split(['/', '?', '#']).next());
        let mut first = None;
        for organization in self.store.break_glass_for(user).await? {
            let facts = match self.engine.replica().hold(organization).await {
                Err(enforcement::Missing::Unknown) => continue,
                held => held?,
            };
            if facts.enforced_connection().is_none() {
                continue;
            }
            if facts.organization().is_some_and(|found| towards == Some(found.slug.as_str())) {
                return Ok(Some(organization));
            }
            first = first.or(Some(organization));
        }
        Ok(first)
    }

    /// Signs in somebody who has proven here who they are. Nobody comes in past a provider without the evidence of it.
    pub(super) async fn open(&self, who: SignIn, instead_of: Option<SessionId>) -> Result<Opened, Error> {
        let opened = self.sign_in(who, instead_of).await?;
        if let Err(error) = self.raise_alarm(&opened.session).await {
            self.store.end_session(opened.session.user, opened.session.id).await?;
            return Err(error);
        }
        Ok(opened)
    }

    /// Makes it known that somebody has come in past an organization's provider: as evidence there, which its pages
    /// show, by a letter to everybody who administers it, and in the log.
    async fn raise_alarm(&self, session: &Session) -> Result<(), Error> {
        let Origin::Local { honoured_by: Some(organization) } = session.origin else { return Ok(()) };
        let user = session.user;
        let Some(place) = self.place(session, &organization.to_string()).await? else { return Ok(()) };
        let request = Request { caller: place.caller(), organization, home: None, if_match: None };
        let note = format!("came in past the provider by {}", session.proof.say());
        let plan = |planning: &Planning<'_>| {
            let permit = planning.permit(Action::BreakGlassUse, On::Member(user))?;
            let letters = letters(planning, session, &self.public_url);
            Ok(Plan::new(permit, Vec::new(), ()).because(note).with_letters(letters))
        };
        self.change(request, plan).await?;
        tracing::warn!(organization.id = %organization, %user, proof = ?session.proof, "break-glass account used");
        Ok(())
    }
}
