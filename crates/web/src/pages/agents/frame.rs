//! What stands above the tabs of an agent.

use decision::Action;
use model::AgentState;

use super::look::{Looked, principal, say};
use crate::pages::{Moment, Seal, Shell, Who};

/// The tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// What it may do, in words.
    Overview,
    /// Every tool, link by link.
    Access,
    /// Its keys.
    Keys,
    /// What it asked for.
    Decisions,
    /// What was changed about it.
    Activity,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Overview, Self::Access, Self::Keys, Self::Decisions, Self::Activity];

    fn path(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Access => "/access",
            Self::Keys => "/keys",
            Self::Decisions => "/decisions",
            Self::Activity => "/activity",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Access => "Access",
            Self::Keys => "Keys",
            Self::Decisions => "Decisions",
            Self::Activity => "Activity",
        }
    }
}

/// Something that can be done, or why it cannot.
pub(crate) struct Act {
    /// What the button says.
    pub(crate) label: String,
    /// Its icon.
    pub(crate) icon: &'static str,
    /// Where it leads.
    pub(crate) href: String,
    /// Why not. Empty: it can be done.
    pub(crate) why_not: &'static str,
}

/// Everything above the tabs.
pub(super) struct Frame {
    /// The address of the agent's pages.
    pub(super) path: String,
    /// Its large picture.
    pub(super) seal: Seal,
    /// Its name.
    pub(super) name: String,
    /// What it is for; may be empty.
    pub(super) purpose: String,
    /// The word for its state.
    pub(super) state: &'static str,
    /// Who answers for it.
    pub(super) owner: Who,
    /// Its id.
    pub(super) id: String,
    /// Who created it.
    pub(super) created_by: String,
    /// When.
    pub(super) created_at: Moment,
    /// Name, address and whether it is the current one.
    pub(super) tabs: Vec<(&'static str, String, bool)>,
    /// What is nearest at hand.
    pub(super) first: Act,
    /// Everything else.
    pub(super) more: Vec<Act>,
    /// Why it may do nothing, where it may not: tone, sentence and reason given.
    pub(super) banner: Option<Banner>,
}

/// Why an agent may do nothing.
pub(super) struct Banner {
    /// How it is meant.
    pub(super) tone: &'static str,
    /// Who did it.
    pub(super) by: String,
    /// When.
    pub(super) at: Moment,
    /// Why, in their words; may be empty.
    pub(super) reason: String,
}

impl Frame {
    /// For that tab.
    pub(super) fn of(looked: &Looked, shell: &Shell, tab: Tab) -> Self {
        let agent = &looked.agent;
        let path = shell.path(&format!("/agents/{}", agent.id));
        let tabs = Tab::ALL.map(|each| (each.name(), format!("{path}{}", each.path()), each == tab)).to_vec();
        let facts = &looked.reading.facts;
        let owner = facts.user(agent.owner).map_or_else(
            || Who {
                seal: Seal::person(agent.owner.uuid(), ""),
                name: looked.owner.clone(),
                kind: String::new(),
                href: None,
            },
            |user| Who::person(user),
        );
        let owner = match &agent.state {
            AgentState::Unowned(_) => owner.as_kind("last answered for it"),
            _ => owner.as_kind("answers for it"),
        };
        Self {
            seal: Seal::agent(agent.id.uuid(), agent.name.as_str(), agent.owner.uuid(), &looked.owner)
                .large(),
            name: agent.name.to_string(),
            purpose: agent.purpose.clone(),
            state: agent.state.as_str(),
            owner: owner.linked(shell.path(&format!("/people/{}", agent.owner))),
            id: agent.id.to_string(),
            created_by: principal(facts, Some(model::PrincipalId::User(agent.created_by))),
            created_at: shell.zone.day(agent.created_at),
            tabs,
            first: first(looked, &path),
            more: more(looked, &path),
            banner: banner(looked, shell),
            path,
        }
    }
}

fn act(looked: &Looked, action: Action, label: &str, icon: &'static str, href: String) -> Act {
    Act { label: label.to_owned(), icon, href, why_not: say(looked.refuses(action)) }
}

fn first(looked: &Looked, path: &str) -> Act {
    match looked.agent.state {
        AgentState::Live | AgentState::Revoked(_) => {
            let mut pause = act(looked, Action::AgentPause, "Pause", "pause", format!("{path}/pause"));
            if matches!(looked.agent.state, AgentState::Revoked(_)) {
                pause.why_not = "It was revoked for ever, so there is nothing left to pause.";
            }
            pause
        }
        AgentState::Paused(_) => act(looked, Action::AgentResume, "Resume", "play", format!("{path}/resume")),
        AgentState::Unowned(_) => {
            act(looked, Action::AgentHandOver, "Take it over", "handshake", format!("{path}/hand-over"))
        }
    }
}

fn more(looked: &Looked, path: &str) -> Vec<Act> {
    let entries = [
        (Action::AgentUpdate, "Edit name and purpose", "pencil", "edit"),
        (Action::AgentScope, "Edit its scope", "lock", "scope"),
        (Action::InvitationCreate, "Invite to a workspace", "door-open", "invite"),
        (Action::AgentHandOver, "Hand over to another person", "handshake", "hand-over"),
        (Action::KeyRotate, "Rotate all keys", "rotate-ccw-key", "rotate"),
        (Action::AgentRevoke, "Revoke for ever", "octagon-x", "revoke"),
    ];
    let is_over = matches!(looked.agent.state, AgentState::Revoked(_));
    entries
        .into_iter()
        .map(|(action, label, icon, page)| {
            let mut act = act(looked, action, label, icon, format!("{path}/{page}"));
            if action == Action::KeyRotate {
                act.why_not = say(looked.refuses_with_keys(action));
            }
            if is_over && !matches!(action, Action::AgentUpdate) {
                act.why_not = "It was revoked for ever.";
            }
            act
        })
        .collect()
}

fn banner(looked: &Looked, shell: &Shell) -> Option<Banner> {
    let because = looked.because()?;
    let tone = match looked.agent.state {
        AgentState::Paused(_) => "wait",
        _ => "deny",
    };
    Some(Banner {
        tone,
        by: principal(&looked.reading.facts, because.by),
        at: shell.zone.moment(because.at),
        reason: because.reason.clone(),
    })
}
