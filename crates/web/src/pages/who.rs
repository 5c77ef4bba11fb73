use model::{Agent, PrincipalId, Robot, Snapshot, User, UserId};

use super::Seal;

/// Somebody on a page: the seal, the name, and under it in words what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The picture.
    pub seal: Seal,
    /// The name.
    pub name: String,
    /// `Person`, `Agent of Maya Chen`, `Robot of Northwind`.
    pub kind: String,
    /// Where it leads, if the reader may go there.
    pub href: Option<String>,
}

impl Who {
    /// A person.
    pub fn person(user: &User) -> Self {
        let seal = Seal::person(user.id.uuid(), user.name.as_str());
        Self { seal, name: user.name.to_string(), kind: "Person".to_owned(), href: None }
    }

    /// An agent, with the person who answers for it.
    pub fn agent(facts: &Snapshot, agent: &Agent) -> Self {
        let owner = person_name(facts, agent.owner);
        let seal = Seal::agent(agent.id.uuid(), agent.name.as_str(), agent.owner.uuid(), &owner);
        Self { seal, name: agent.name.to_string(), kind: format!("Agent of {owner}"), href: None }
    }

    /// A robot, with its organization.
    pub fn robot(facts: &Snapshot, robot: &Robot) -> Self {
        let home =
            facts.organization().map(|organization| (organization.id.uuid(), organization.name.to_string()));
        let (id, home) = home.unwrap_or_default();
        let seal = Seal::robot(robot.id.uuid(), robot.name.as_str(), id, &home);
        Self { seal, name: robot.name.to_string(), kind: format!("Robot of {home}"), href: None }
    }

    /// Any principal that these facts know.
    pub fn principal(facts: &Snapshot, principal: PrincipalId) -> Option<Self> {
        match principal {
            PrincipalId::User(id) => facts.user(id).map(|user| Self::person(user)),
            PrincipalId::Agent(id) => facts.agent(id).map(|agent| Self::agent(facts, agent)),
            PrincipalId::Robot(id) => facts.robot(id).map(|robot| Self::robot(facts, robot)),
        }
    }

    /// With its name as a link.
    #[must_use]
    pub fn linked(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }

    /// With another line under the name: `answers for it`.
    #[must_use]
    pub fn as_kind(self, kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), ..self }
    }
}

/// What a person is called here; somebody else's person has no name of ours.
fn person_name(facts: &Snapshot, id: UserId) -> String {
    facts.user(id).map_or_else(|| "a person of another organization".to_owned(), |user| user.name.to_string())
}
