//! Where a person is signed in here, and the question before that ends.

use app::{App, Reading};
use decision::{Action, On};
use model::{OrganizationMembership, Session};

use super::name;
use crate::Problem;
use crate::pages::session_view::SessionView;
use crate::pages::{Consequence, FieldView, Zone};
use crate::session::Visit;

/// A session on a person's page.
pub(super) struct SessionRow {
    /// The browser, and when.
    pub(super) of: SessionView,
    /// By what they came in: a passkey, an identity provider by its name.
    pub(super) by: String,
}

impl SessionRow {
    /// The row of a session.
    pub(super) fn of(visit: &Visit, reading: &Reading, session: &Session, zone: Zone) -> Self {
        let connection = session.origin.connection().and_then(|id| reading.facts.connection(id));
        let by = session.proof.say();
        Self {
            of: SessionView::of(session, visit.session.id, zone),
            by: connection.map_or_else(|| by.to_owned(), |connection| format!("{by} {}", connection.name)),
        }
    }
}

/// The sessions of a person, for whoever may end them.
pub(super) async fn rows(
    app: &App,
    visit: &Visit,
    reading: &Reading,
    member: &OrganizationMembership,
    zone: Zone,
) -> Result<Option<Vec<SessionRow>>, Problem> {
    if !reading.may(Action::MemberSignOut, On::Member(member.user)) {
        return Ok(None);
    }
    let sessions = app.sessions_here(reading, visit.organization, member.user).await?;
    Ok(Some(sessions.iter().map(|session| SessionRow::of(visit, reading, session, zone)).collect()))
}

/// What is asked before sessions of a person end: `what` ends, by a form that is sent to `action` below their page.
pub(super) fn consequence(
    visit: &Visit,
    reading: &Reading,
    member: &OrganizationMembership,
    (what, action): (&str, &str),
    reason: String,
) -> Consequence {
    let name = name(&reading.facts, member.user);
    let there = format!("/o/{}/people/{}", visit.slug, member.user);
    Consequence {
        title: format!("Sign {name} out?"),
        sentence: format!(
            "{what} opens nothing here from the next click on. Their keys and agents go on, other organizations are \
             not touched, and they can sign in again: suspend them if they should not."
        ),
        button: format!("Sign {name} out"),
        action: format!("{there}/{action}"),
        back: there,
        fields: vec![FieldView::reason(reason)],
        ..Consequence::default()
    }
}
