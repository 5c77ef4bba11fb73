use std::sync::Arc;

use decision::{Action, Caller, Facts, Manage, On, Permit, decide};
use enforcement::{Limits, World};
use model::{
    Agent, AgentId, AgentState, Because, Connection, ConnectionId, Domain, DomainId, Edit, Entropy, Fact,
    FactKind, Gateway, GatewayId, Group, GroupId, Holder, Key, KeyId, Robot, RobotId, Role, RoleId, Server,
    ServerId, SessionId, Snapshot, Timestamp, Tool, ToolId, UserId, Workspace, WorkspaceId,
};
use store::{BreakGlassEdit, Letter, ProviderLogout, SignedOut};

use crate::read::reading_action;
use crate::{Error, FieldError, version_of};

/// What a use case wants to have written, and the proof that it may.
#[derive(Debug)]
pub struct Plan<T> {
    /// The proof.
    pub permit: Permit,
    /// What is written before it in the same transaction, each under a proof of its own.
    pub before: Vec<(Permit, Vec<Edit>)>,
    /// What is to change; empty where it is so already.
    pub edits: Vec<Edit>,
    /// What the caller gets.
    pub value: T,
    /// Letters that go out once it is written.
    pub letters: Vec<Letter>,
    /// Why, in the caller's words, where what is changed has no place for it.
    pub note: Option<String>,
    /// Whose sessions here end with it, beside those of whoever loses their membership.
    pub signed_out: Vec<SignedOut>,
    /// Who may come in past the organization's provider from then on, or no longer.
    pub break_glass: Option<BreakGlassEdit>,
    /// What a provider said of a sign-out there, by a token that counts once.
    pub logged_out: Option<ProviderLogout>,
    /// The hash of the set-up link that is used up with it.
    pub setup_link: Option<[u8; 32]>,
}

impl<T> Plan<T> {
    /// A plan with these edits; none where it is so already.
    pub fn new(permit: Permit, edits: Vec<Edit>, value: T) -> Self {
        Self {
            permit,
            before: Vec::new(),
            edits,
            value,
            letters: Vec::new(),
            note: None,
            signed_out: Vec::new(),
            break_glass: None,
            logged_out: None,
            setup_link: None,
        }
    }

    /// The same plan, with letters that go out once it is written.
    #[must_use]
    pub fn with_letters(self, letters: impl IntoIterator<Item = Letter>) -> Self {
        Self { letters: letters.into_iter().collect(), ..self }
    }

    /// The same plan, with which a person is signed out, in the same transaction.
    #[must_use]
    pub fn signing_out(mut self, user: UserId) -> Self {
        self.signed_out.push(SignedOut { user, session: None });
        self
    }

    /// The same plan, with which one session of a person ends here, in the same transaction.
    #[must_use]
    pub fn ending(mut self, user: UserId, session: SessionId) -> Self {
        self.signed_out.push(SignedOut { user, session: Some(session) });
        self
    }

    /// The same plan, which changes who may come in past the organization's provider.
    #[must_use]
    pub fn with_break_glass(self, edit: BreakGlassEdit) -> Self {
        Self { break_glass: Some(edit), ..self }
    }

    /// The same plan, after another one and in one go with it: both are decided and both are in the evidence, and
    /// neither is written without the other.
    #[must_use]
    pub fn following<U>(mut self, first: Plan<U>) -> Self {
        let earlier = first.before.into_iter().chain([(first.permit, first.edits)]);
        self.before.splice(..0, earlier);
        self.letters.splice(..0, first.letters);
        self.signed_out.splice(..0, first.signed_out);
        self.note = self.note.or(first.note);
        self.break_glass = self.break_glass.or(first.break_glass);
        self
    }

    /// The same plan, with which the sessions end that a provider means, in the same transaction.
    #[must_use]
    pub(crate) fn logging_out(self, said: ProviderLogout) -> Self {
        Self { logged_out: Some(said), ..self }
    }

    /// The same plan, with which a set-up link is used up, in the same transaction.
    #[must_use]
    pub(crate) fn using_up(self, setup_link: [u8; 32]) -> Self {
        Self { setup_link: Some(setup_link), ..self }
    }

    /// The same plan, with the reason for it kept beside its decision.
    #[must_use]
    pub fn because(self, note: String) -> Self {
        Self { note: Some(note).filter(|note| !note.is_empty()), ..self }
    }
}

/// Everything a use case may look at while it plans: the facts under lock, who asks, the time, chance.
pub struct Planning<'a> {
    /// The organization's facts, exactly as they stand under the lock.
    pub facts: &'a Snapshot,
    /// The facts of the organization that the agent in question belongs to; mostly the same.
    pub home: &'a Snapshot,
    /// Who asks.
    pub caller: Caller,
    /// When.
    pub now: Timestamp,
    /// The version that the caller's edit was made on, where they say it.
    pub if_match: Option<&'a str>,
    pub(crate) limits: Limits,
    pub(crate) world: &'a World,
}

macro_rules! wanted {
    ($($(#[$doc:meta])* $name:ident($id:ty) -> $type:ty, $kind:ident;)+) => {
        impl<'a> Planning<'a> {
            $($(#[$doc])*
            pub fn $name(&self, id: $id) -> Result<&'a $type, Error> {
                self.facts.$name(id).map(AsRef::as_ref).ok_or(Error::NotFound(FactKind::$kind))
            })+
        }
    };
}

wanted! {
    /// The agent, or not found.
    agent(AgentId) -> Agent, Agent;
    /// The robot, or not found.
    robot(RobotId) -> Robot, Robot;
    /// The workspace, or not found.
    workspace(WorkspaceId) -> Workspace, Workspace;
    /// The server, or not found.
    server(ServerId) -> Server, Server;
    /// The tool, or not found.
    tool(ToolId) -> Tool, Tool;
    /// The role, or not found.
    role(RoleId) -> Role, Role;
    /// The gateway, or not found.
    gateway(GatewayId) -> Gateway, Gateway;
    /// The key, or not found.
    key(KeyId) -> Key, Key;
    /// The way in, or not found.
    connection(ConnectionId) -> Connection, Connection;
    /// The domain, or not found.
    domain(DomainId) -> Domain, Domain;
    /// The group, or not found.
    group(GroupId) -> Group, Group;
}

impl<'a> Planning<'a> {
    /// Asks whether the caller may, and gives the proof.
    ///
    /// Refused and allowed to know of the thing: [`Error::Denied`]. Not even that: [`Error::Hidden`], which looks
    /// like a thing that does not exist.
    pub fn permit(&self, action: Action, on: On) -> Result<Permit, Error> {
        let facts = Facts { host: self.facts, home: self.home };
        let ask = |action| decide(&facts, Manage { now: self.now, caller: self.caller, action, on });
        ask(action).permit().map_err(|denial| {
            let known = reading_action(on).is_none_or(|reading| ask(reading).is_allowed());
            if known { Error::Denied(denial) } else { Error::Hidden(denial) }
        })
    }

    /// What comes next is planned as if these edits were made: for what is done in one go with them.
    pub(crate) fn after<T>(
        &self,
        edits: &[Edit],
        next: impl FnOnce(&Planning<'_>) -> Result<Plan<T>, Error>,
    ) -> Result<Plan<T>, Error> {
        let mut facts = Snapshot::clone(self.facts);
        for edit in edits {
            facts.edit(edit);
        }
        let home = if std::ptr::eq(self.home, self.facts) { &facts } else { self.home };
        next(&Planning {
            facts: &facts,
            home,
            caller: self.caller,
            now: self.now,
            if_match: self.if_match,
            limits: self.limits,
            world: self.world,
        })
    }

    /// Who asks, as a user.
    pub fn user(&self) -> Option<UserId> {
        match self.caller.principal {
            Some(model::PrincipalId::User(id)) => Some(id),
            _ => None,
        }
    }

    /// When, who, and why in their words.
    pub fn because(&self, reason: &str) -> Because {
        Because { at: self.now, by: self.caller.principal, reason: reason.trim().to_owned() }
    }

    /// Chance.
    pub fn entropy(&self) -> impl Entropy + 'a {
        self.world.entropy()
    }

    /// Refuses an edit that was made on another version than the one that is there.
    pub fn still(&self, fact: impl Into<Fact>) -> Result<(), Error> {
        self.still_at(version_of(&fact.into()))
    }

    /// Refuses an edit of several facts that was made on another version of them than the one that is there.
    pub(crate) fn still_at(&self, current: String) -> Result<(), Error> {
        match self.if_match {
            Some(wanted) if wanted != "*" && wanted.trim_matches('"') != current => {
                Err(Error::Stale { current })
            }
            _ => Ok(()),
        }
    }

    /// A person who is active here, or a field error.
    pub fn active_member(&self, field: &str, user: UserId) -> Result<UserId, Error> {
        match self.facts.member(user) {
            Some(member) if member.is_active() => Ok(user),
            _ => Err(Error::invalid(field, "no active member of the organization")),
        }
    }

    /// Refuses one more agent than the organization may have. Revoked ones are evidence, and do not count.
    pub(crate) fn room_for_agent(&self) -> Result<(), Error> {
        let most = usize::try_from(self.limits.agents).unwrap_or(usize::MAX);
        let counts = |agent: &&Arc<Agent>| !matches!(agent.state, AgentState::Revoked(_));
        if most == 0 || self.facts.list_agents(None).filter(counts).take(most).count() < most {
            return Ok(());
        }
        let detail = format!(
            "the organization may have {most} agents, and has them; revoke some, or ask the operator for more"
        );
        Err(Error::Conflict { code: "limit", detail })
    }

    /// Every key of a holder.
    pub fn keys_of(&self, holder: Holder) -> Vec<&'a Key> {
        self.facts.keys_of(holder).map(AsRef::as_ref).collect()
    }
}

/// A reason is kept in the evidence and shown in lists: a paragraph, not a page.
const REASON_LIMIT: usize = 500;

/// Checks a text that people write for people: a purpose, a reason. Gives it back trimmed.
pub(crate) fn sentence(field: &str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() > REASON_LIMIT {
        return Err(Error::invalid(field, format!("at most {REASON_LIMIT} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Error::invalid(field, "no control characters"));
    }
    Ok(text.to_owned())
}

/// Collects what is wrong with several fields, so that all of it is told at once.
#[derive(Default)]
pub(crate) struct Checks(Vec<FieldError>);

impl Checks {
    /// Notes a field that is wrong.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over an error or a sentence and are done with it"
    )]
    pub(crate) fn wrong(&mut self, field: impl Into<String>, reason: impl ToString) {
        self.0.push(FieldError { field: field.into(), reason: reason.to_string() });
    }

    /// Fails if anything was wrong.
    pub(crate) fn done(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}
