//! An invitation as pages show it.

use app::{App, Reading};
use decision::{Action, On};
use model::{Because, Invitation, InvitationState, PrincipalId};

use crate::pages::agents::look::{person, principal};
use crate::pages::{Moment, Seal, Shell, Who};

/// An invitation, ready to be shown.
pub(super) struct Row {
    /// The address of its pages.
    pub(super) path: String,
    /// The agent, with whom it belongs to.
    pub(super) who: Who,
    /// What the agent is for; may be empty.
    pub(super) purpose: String,
    /// The organization that it belongs to, where that is another one.
    pub(super) organization: String,
    /// The workspace.
    pub(super) workspace: String,
    /// Who asks.
    pub(super) owner: String,
    /// What they say; may be empty.
    pub(super) message: String,
    /// The word for its state.
    pub(super) state: &'static str,
    /// Who answered, when and why.
    pub(super) answered: Option<(String, Moment, String)>,
    /// Whether the visitor may let it in or keep it out.
    pub(super) may_answer: bool,
    /// Whether it is theirs to take back.
    pub(super) may_withdraw: bool,
}

impl Row {
    /// An invitation in the eyes of a visitor.
    pub(super) fn of(app: &App, reading: &Reading, shell: &Shell, invitation: &Invitation) -> Self {
        let facts = &reading.facts;
        let own = facts.organization().is_some_and(|o| o.id == invitation.agent_organization);
        let agent = app.held_agent(invitation.agent_organization, invitation.agent);
        let owner = person(facts, invitation.invited_by);
        let name = agent.as_ref().map_or_else(|| "An agent".to_owned(), |agent| agent.name.to_string());
        let seal = Seal::agent(invitation.agent.uuid(), &name, invitation.invited_by.uuid(), &owner);
        let who = Who { seal, name, kind: format!("Agent of {owner}"), href: None };
        let may_see = own && reading.may(Action::AgentRead, On::Agent(invitation.agent));
        let home = app.engine.replica().held(invitation.agent_organization);
        let home = home.and_then(|facts| facts.organization().map(|o| o.name.to_string()));
        let is_open = matches!(invitation.state, InvitationState::Pending | InvitationState::Accepted(_));
        let answer = On::Workspace(invitation.workspace);
        Self {
            path: shell.path(&format!("/invitations/{}", invitation.id)),
            who: if may_see { who.linked(shell.path(&format!("/agents/{}", invitation.agent))) } else { who },
            purpose: agent.map(|agent| agent.purpose.clone()).unwrap_or_default(),
            organization: if own {
                String::new()
            } else {
                home.unwrap_or_else(|| "another organization".to_owned())
            },
            workspace: facts.workspace(invitation.workspace).map(|w| w.name.to_string()).unwrap_or_default(),
            owner,
            message: invitation.message.clone(),
            state: invitation.state.as_str(),
            answered: because(invitation)
                .map(|b| (principal(facts, b.by), shell.zone.moment(b.at), b.reason.clone())),
            may_answer: is_open && reading.why_not(Action::InvitationAccept, answer).is_none(),
            may_withdraw: is_open
                && reading.caller.principal == Some(PrincipalId::User(invitation.invited_by)),
        }
    }
}

fn because(invitation: &Invitation) -> Option<&Because> {
    match &invitation.state {
        InvitationState::Pending => None,
        InvitationState::Accepted(b) | InvitationState::Declined(b) | InvitationState::Withdrawn(b) => {
            Some(b)
        }
    }
}
