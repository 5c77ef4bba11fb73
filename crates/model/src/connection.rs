use serde::{Deserialize, Serialize};

use crate::{
    Because, ConnectionId, Name, OrganizationRole, RoleId, SecretId, StateError, Timestamp, UserId,
    WorkspaceId,
};

/// A way into the organization through an identity provider of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its id; part of the redirect URI, so that no two connections ever share one.
    pub id: ConnectionId,
    /// What people call it.
    pub name: Name,
    /// What everybody who comes in by it depends on.
    pub terms: Terms,
    /// Whether it lets people in.
    pub state: ConnectionState,
    /// Other terms, which wait for a second person.
    pub proposal: Option<Box<Proposal>>,
    /// When it was set up.
    pub created_at: Timestamp,
}

/// What everybody who comes in by a connection depends on: whoever changes this could become anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What the provider speaks.
    pub kind: ConnectionKind,
    /// Who says who somebody is: compared byte by byte, and part of every identity.
    pub issuer: String,
    /// Who we are to the provider.
    pub client: Client,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// What the provider's word is worth here.
    pub mapping: Mapping,
}

/// What a provider speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConnectionKind {
    /// `OpenID` Connect: where everything is, the provider says itself.
    Oidc,
    /// Plain OAuth 2.0, as GitHub speaks it: no identity token; who it is, is asked of the provider's API.
    Oauth(Endpoints),
}

/// Where a provider of plain OAuth 2.0 is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// Where people are sent.
    pub authorization: String,
    /// Where codes are redeemed.
    pub token: String,
    /// Who it is: an object whose `id` never changes.
    pub user: String,
    /// Their addresses, each with whether it is primary and verified.
    pub emails: Option<String>,
}

/// Who we are to a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// The id it gave us.
    pub id: String,
    /// How we prove it.
    pub authentication: ClientAuthentication,
    /// The secret it gave us, or the key that we made, sealed, where there is one.
    pub secret: Option<SecretId>,
}

/// How a client proves who it is (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// Id and secret in the `Authorization` header: what every provider has to know.
    Basic,
    /// Id and secret in the body.
    Post,
    /// By what a key of ours signs (RFC 7523); the provider reads its public half at an address of ours.
    PrivateKeyJwt,
    /// Not at all: the proof of possession of the code (PKCE) is all there is.
    None,
}

/// What a provider's word is worth in the organization.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Whether somebody nobody knows becomes a guest by signing in (security.md S5).
    pub just_in_time: bool,
    /// The claim that says what somebody new is called, where it is not `name`. The address has no such choice: that it was
    /// verified is said of the claim `email` and of no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_claim: Option<String>,
    /// The claim that names groups; usually `groups`.
    pub groups_claim: Option<String>,
    /// What groups give. A group that is not here gives nothing.
    pub groups: Vec<GroupRule>,
    /// Whether a group may make an administrator.
    pub admins_by_groups: bool,
    /// What follows when the provider says that somebody signed out there.
    #[serde(default, skip_serializing_if = "OnLogout::is_usual")]
    pub on_logout: OnLogout,
}

/// What follows here when a provider says that somebody signed out there (back-channel logout).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnLogout {
    /// The sessions that it means end. Their agents go on: most people sign out in the evening, and their agents work on.
    #[default]
    EndSessions,
    /// Everything that proves the person ends, as when the provider revokes all that they have: their sessions, their
    /// management keys and their agents' keys; their agents wait until they are taken over.
    EndEverything,
}

impl OnLogout {
    /// Whether it is what follows where nothing is said. It is left out of what is stored, so that facts from before the
    /// choice keep their digests.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// What belonging to one group of the provider gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRule {
    /// The group, exactly as the provider says it.
    pub group: String,
    /// The role in the organization.
    pub organization_role: Option<OrganizationRole>,
    /// A place in a workspace.
    pub place: Option<GroupPlace>,
}

/// A place in a workspace that a group gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupPlace {
    /// Where.
    pub workspace: WorkspaceId,
    /// With which role.
    pub role: RoleId,
}

/// Whether a connection lets people in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ConnectionState {
    /// Nobody but who tests it.
    Draft,
    /// Whoever the provider knows; a test has passed.
    Tested(Because),
    /// As tested, and the organization honours no sign-in but this and break-glass.
    Enforced(Because),
    /// Nobody.
    Disabled(Because),
}

/// Other terms, which wait for a second person (security.md S2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What it would be.
    pub terms: Terms,
    /// Who wants it so.
    pub by: UserId,
    /// Since when.
    pub at: Timestamp,
}

impl ConnectionState {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Tested(_) => "tested",
            Self::Enforced(_) => "enforced",
            Self::Disabled(_) => "disabled",
        }
    }
}

impl Connection {
    /// A test has passed: people may come in by it.
    pub fn pass(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            ConnectionState::Draft | ConnectionState::Tested(_) => {
                Ok(Self { state: ConnectionState::Tested(because), ..self })
            }
            // A test while it is enforced proves that it still works, and changes nothing.
            ConnectionState::Enforced(_) => Ok(self),
            ConnectionState::Disabled(_) => Err(StateError::new("test", "disabled")),
        }
    }

    /// From now on the organization honours no sign-in but this and break-glass.
    pub fn enforce(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            ConnectionState::Tested(_) => Ok(Self { state: ConnectionState::Enforced(because), ..self }),
            other => Err(StateError::new("enforce", other.as_str())),
        }
    }

    /// Other ways in count again beside it.
    pub fn relax(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            ConnectionState::Enforced(_) => Ok(Self { state: ConnectionState::Tested(because), ..self }),
            other => Err(StateError::new("relax", other.as_str())),
        }
    }

    /// Nobody comes in by it any more.
    pub fn disable(self, because: Because) -> Result<Self, StateError> {
        match self.state {
            ConnectionState::Disabled(_) => Err(StateError::new("disable", "disabled")),
            _ => Ok(Self { state: ConnectionState::Disabled(because), proposal: None, ..self }),
        }
    }

    /// Back to where it can be tested.
    pub fn reopen(self) -> Result<Self, StateError> {
        match self.state {
            ConnectionState::Disabled(_) => Ok(Self { state: ConnectionState::Draft, ..self }),
            other => Err(StateError::new("reopen", other.as_str())),
        }
    }

    /// Whether people come in by it.
    pub fn lets_in(&self) -> bool {
        matches!(self.state, ConnectionState::Tested(_) | ConnectionState::Enforced(_))
    }

    /// Whether the organization honours no sign-in but this and break-glass.
    pub fn is_enforced(&self) -> bool {
        matches!(self.state, ConnectionState::Enforced(_))
    }
}

impl Mapping {
    /// The rules for the groups that somebody is in.
    pub fn given<'a>(&'a self, groups: &'a [String]) -> impl Iterator<Item = &'a GroupRule> {
        self.groups.iter().filter(move |rule| groups.contains(&rule.group))
    }

    /// Every place that some group gives: what is taken away from who is in none of those groups.
    pub fn places(&self) -> impl Iterator<Item = GroupPlace> {
        self.groups.iter().filter_map(|rule| rule.place)
    }

    /// Whether groups say what somebody is in the organization.
    pub fn names_roles(&self) -> bool {
        self.groups.iter().any(|rule| rule.organization_role.is_some())
    }
}
