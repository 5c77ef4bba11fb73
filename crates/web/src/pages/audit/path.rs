//! The path of a decision: every question, in order, and what each rests on, in words.

use decision::{Question, Step, Through};
use model::Snapshot;

use crate::pages::agents::look::person;

/// One link of a path.
pub(crate) struct Link {
    /// The question.
    pub(crate) question: &'static str,
    /// What it rests on, where one thing can be named; may be empty.
    pub(crate) through: String,
    /// Whether it holds.
    pub(crate) holds: bool,
    /// Why it stops here; empty where it holds.
    pub(crate) why: &'static str,
    /// Its icon.
    pub(crate) icon: &'static str,
}

/// The links of a path.
pub(crate) fn path(facts: &Snapshot, steps: &[Step]) -> Vec<Link> {
    steps.iter().map(|step| link(facts, step)).collect()
}

fn link(facts: &Snapshot, step: &Step) -> Link {
    let (question, icon) = match step.question {
        Question::Gateway => ("The gateway is active and understands the call", "terminal"),
        Question::Credential => ("The credential proves who it is", "key-round"),
        Question::Principal => ("It is active, and somebody answers for it", "user"),
        Question::Reach => ("It reaches the workspace that offers the server", "door-open"),
        Question::Tool => ("The tool is known and was reviewed", "wrench"),
        Question::Grant => ("A role grants it", "id-card"),
        Question::Ceiling => ("It is inside the scope, and nothing forbids it", "lock"),
        Question::Identity => ("It may act alone here", "fingerprint"),
        Question::Management => ("This person may manage that", "shield-check"),
    };
    Link {
        question,
        through: step.through.map(|through| words(facts, through)).unwrap_or_default(),
        holds: step.stops.is_none(),
        why: step.stops.map_or("", decision::Reason::say),
        icon,
    }
}

fn words(facts: &Snapshot, through: Through) -> String {
    match through {
        Through::Key(id) => format!("the key {id}"),
        Through::Owner(id) => format!("{} answers for it", person(facts, id)),
        Through::Membership(id) => facts.workspace_membership(id).map_or_else(String::new, |membership| {
            let workspace =
                facts.workspace(membership.workspace).map(|w| w.name.to_string()).unwrap_or_default();
            let role = facts.role(membership.role).map(|role| role.name.to_string()).unwrap_or_default();
            format!("a membership in {workspace} as {role}")
        }),
        Through::Invitation(_) => "an accepted invitation".to_owned(),
        Through::Role(id) => {
            facts.role(id).map_or_else(String::new, |role| format!("the role {}", role.name))
        }
        Through::Grant(id) => facts.grant(id).map_or_else(String::new, |grant| {
            let role = facts.role(grant.role).map(|role| role.name.to_string()).unwrap_or_default();
            format!("{} of the role {role}", grant.tools)
        }),
        Through::Entry(at) => format!("entry {} of the list", at + 1),
        Through::Override(_) => "a narrowing by the people of the workspace".to_owned(),
        Through::Connection(_) => "the way in that they came by".to_owned(),
    }
}
