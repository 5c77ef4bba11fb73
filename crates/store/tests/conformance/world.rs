//! An organization to write to, and the shortest way to a permit.

use decision::{Action, Caller, Decision, Facts, Manage, Means, On, Permit, Record, decide};
use model::*;
use store::{Store, StoreError, Writing};
use testkit::random::SeededBytes;

pub(crate) struct Chance(pub(crate) SeededBytes);

impl Entropy for Chance {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// An organization as a node sees it: the store, its facts as last written, and the person who owns it.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) chance: Chance,
    pub(crate) organization: OrganizationId,
    pub(crate) boss: UserId,
    pub(crate) facts: Snapshot,
    ticks: i64,
}

/// 14:00 on a Tuesday, and some microseconds.
pub(crate) fn start() -> Timestamp {
    "2026-11-03T14:00:00.000123Z".parse().unwrap()
}

pub(crate) fn name(text: &str) -> Name {
    text.parse().unwrap()
}

pub(crate) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub(crate) fn user_fact(id: UserId, text: &str) -> User {
    let email = format!("{}@northwind.example", text.to_lowercase().replace(' ', "."));
    User { id, name: name(text), email: Some(email) }
}

pub(crate) fn member_fact(user: UserId, role: OrganizationRole) -> OrganizationMembership {
    OrganizationMembership { user, role, state: MembershipState::Active }
}

impl World {
    /// Creates an organization of that slug with an owner.
    pub(crate) async fn create(store: &Store, seed: u64, text: &str) -> Self {
        let mut chance = Chance(SeededBytes::new(seed));
        let organization = OrganizationId::draw(start(), &mut chance);
        let boss = UserId::draw(start(), &mut chance);
        let mut world =
            Self { store: store.clone(), chance, organization, boss, facts: Snapshot::default(), ticks: 0 };
        let fact = Organization {
            id: organization,
            slug: slug(text),
            name: name(&format!("The {text}")),
            state: OrganizationState::Active,
            stop: Stop::Released,
        };
        let facts = Snapshot::from_facts([fact.clone().into()]);
        let permit = operator(&facts).permit().unwrap();
        let record = world.record(permit.decision().clone());
        let edits = [
            Edit::create(fact),
            Edit::create(user_fact(boss, "Maya Chen")),
            Edit::create(member_fact(boss, OrganizationRole::Owner)),
        ];
        let writing = store.begin_new(organization, text).await.unwrap();
        let changes = writing.commit(permit, &edits, record).await.unwrap();
        world.learn(&changes);
        world
    }

    /// Goes on with an organization that another created.
    pub(crate) fn resume(
        store: Store,
        chance: Chance,
        organization: OrganizationId,
        boss: UserId,
        facts: Snapshot,
    ) -> Self {
        Self { store, chance, organization, boss, facts, ticks: 1_000 }
    }

    pub(crate) fn learn(&mut self, changes: &[Change]) {
        for change in changes {
            self.facts.apply(change);
        }
    }

    /// A moment later than all before.
    pub(crate) fn now(&mut self) -> Timestamp {
        self.ticks += 1;
        start() + chrono::TimeDelta::milliseconds(self.ticks)
    }

    pub(crate) fn permit(&mut self) -> Permit {
        permit(&self.facts, self.boss)
    }

    /// A record of a decision, with an id and a moment of its own.
    pub(crate) fn record(&mut self, decision: Decision) -> Record {
        let now = self.now();
        Record::of(DecisionId::draw(now, &mut self.chance), now, decision)
    }

    /// Writes edits as the owner.
    pub(crate) async fn write(&mut self, edits: &[Edit]) -> Result<Vec<Change>, StoreError> {
        let writing = self.store.begin(self.organization).await?;
        self.write_in(writing, edits).await
    }

    pub(crate) async fn write_in(
        &mut self,
        writing: Writing,
        edits: &[Edit],
    ) -> Result<Vec<Change>, StoreError> {
        let permit = self.permit();
        let record = self.record(permit.decision().clone());
        let changes = writing.commit(permit, edits, record).await?;
        self.learn(&changes);
        Ok(changes)
    }

    /// Adds a person as a member.
    pub(crate) async fn person(&mut self, text: &str) -> UserId {
        let now = self.now();
        let id = UserId::draw(now, &mut self.chance);
        let edits =
            [Edit::create(user_fact(id, text)), Edit::create(member_fact(id, OrganizationRole::Member))];
        self.write(&edits).await.unwrap();
        id
    }

    pub(crate) fn agent_fact(&mut self, owner: UserId, text: &str) -> Agent {
        let created_at = self.now();
        Agent {
            id: AgentId::draw(created_at, &mut self.chance),
            name: name(text),
            purpose: String::new(),
            owner,
            state: AgentState::Live,
            scope: Scope::default(),
            never: Scope::default(),
            created_at,
            created_by: owner,
        }
    }

    pub(crate) fn workspace_fact(&mut self, text: &str) -> Workspace {
        let now = self.now();
        Workspace {
            id: WorkspaceId::draw(now, &mut self.chance),
            slug: slug(text),
            name: name(text),
            visibility: Visibility::Organization,
            access_mode: AccessMode::Inherit,
            guest_agents: false,
            auto_accept_agents: true,
            identity_mode: None,
        }
    }

    pub(crate) fn server_fact(&mut self, text: &str) -> Server {
        let now = self.now();
        Server {
            id: ServerId::draw(now, &mut self.chance),
            slug: slug(text),
            name: name(text),
            url: None,
            credential_mode: CredentialMode::Shared,
            identity_mode: IdentityMode::Agent,
            state: ServerState::Active,
        }
    }

    pub(crate) fn tool_fact(&mut self, server: ServerId, text: &str) -> Tool {
        let now = self.now();
        let definition = DefinitionHash(self.chance.0.array());
        Tool {
            id: ToolId::draw(now, &mut self.chance),
            server,
            name: text.parse().unwrap(),
            title: String::new(),
            risk: Risk::Read,
            definition,
            reviewed: Some(definition),
            state: ToolState::Offered,
        }
    }

    pub(crate) fn key_fact(&mut self, holder: Holder) -> Key {
        let created_at = self.now();
        Key {
            id: self.key_id(),
            holder,
            name: name("laptop"),
            hash: self.chance.0.array(),
            state: KeyState::Live,
            created_at,
            created_by: Some(self.boss),
            expires_at: created_at + chrono::TimeDelta::days(90),
            replaces: None,
            limits: KeyLimits::default(),
        }
    }

    /// One of several.
    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let at = self.chance.0.below(u64::try_from(of.len()).unwrap());
        of[usize::try_from(at).unwrap()].clone()
    }

    pub(crate) fn key_id(&mut self) -> KeyId {
        let letters = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut letter = || char::from(self.one(letters));
        (0..12).map(|_| letter()).collect::<String>().parse().unwrap()
    }
}

/// The operator's decision to create the organization that the facts show.
pub(crate) fn operator(facts: &Snapshot) -> Decision {
    let caller = Caller { principal: None, means: Means::Operator };
    let action = Action::OrganizationCreate;
    decide(&Facts::of(facts), Manage { now: start(), caller, action, on: On::Organization })
}

/// The permit of an organization's owner to change it.
pub(crate) fn permit(facts: &Snapshot, boss: UserId) -> Permit {
    let caller = Caller { principal: Some(PrincipalId::User(boss)), means: Means::Session };
    let action = Action::OrganizationUpdate;
    decide(&Facts::of(facts), Manage { now: start(), caller, action, on: On::Organization }).permit().unwrap()
}

/// Why a write was refused, as the word of its conflict.
pub(crate) fn conflict<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Conflict { what }) => what,
        other => panic!("not a conflict: {other:?}"),
    }
}
