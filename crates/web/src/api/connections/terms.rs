use app::App;
use app::connections::CheckedTerms;
use model::{
    Client, ClientAuthentication, ConnectionKind, Endpoints, GroupPlace, GroupRule, Mapping, OnLogout,
    OrganizationRole, RoleId, Terms, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Problem;

/// What everybody who comes in by a connection depends on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsBody {
    /// Who says who somebody is: the issuer exactly as the provider writes it. For a provider of plain OAuth 2.0, its
    /// address.
    pub issuer: String,
    /// The id that the provider gave us.
    pub client_id: String,
    /// How we prove who we are: `basic`, `post`, `private_key_jwt` with a key of ours, or `none` for a
    /// public client.
    #[schema(value_type = String)]
    #[serde(default = "usual_authentication")]
    pub client_authentication: ClientAuthentication,
    /// What is asked for. Left out: `openid`, `email` and `profile`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// Where a provider of plain OAuth 2.0 is asked. Left out: it speaks OpenID Connect and says so itself.
    #[serde(default)]
    pub endpoints: Option<EndpointsBody>,
    /// Whether somebody nobody knows becomes a guest by signing in: only with a verified address of a proven domain.
    #[serde(default)]
    pub just_in_time: bool,
    /// The claim that says what somebody new is called. Left out: `name`, or else `preferred_username`. It renames nobody who
    /// is here. Where mail goes is always `email`, of which alone `email_verified` speaks.
    #[serde(default)]
    pub name_claim: Option<String>,
    /// The claim that names groups. Left out: groups give nothing.
    #[serde(default)]
    pub groups_claim: Option<String>,
    /// What groups give. A group that is not named gives nothing.
    #[serde(default)]
    pub groups: Vec<GroupBody>,
    /// Whether a group may make an administrator.
    #[serde(default)]
    pub admins_by_groups: bool,
    /// What follows when the provider says that somebody signed out there: `end_sessions`, or `end_everything`, which
    /// ends their management keys and their agents' keys too. Left out: `end_sessions`.
    #[schema(value_type = String)]
    #[serde(default)]
    pub on_logout: OnLogout,
}

/// Where a provider of plain OAuth 2.0 is asked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointsBody {
    /// Where people are sent.
    pub authorization: String,
    /// Where codes are redeemed.
    pub token: String,
    /// Who it is: an object whose `id` is a number that never changes.
    pub user: String,
    /// Their addresses. Left out: none is known.
    #[serde(default)]
    pub emails: Option<String>,
}

/// What belonging to one group gives.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupBody {
    /// The group, exactly as the provider says it.
    pub group: String,
    /// The role in the organization: `admin`, `member`, `auditor` or `guest`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub organization_role: Option<OrganizationRole>,
    /// A workspace, together with a role there.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub workspace: Option<WorkspaceId>,
    /// The role in that workspace.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub role: Option<RoleId>,
}

fn usual_authentication() -> ClientAuthentication {
    ClientAuthentication::Basic
}

fn usual_scopes() -> Vec<String> {
    ["openid", "email", "profile"].map(str::to_owned).to_vec()
}

impl TermsBody {
    /// The terms, as far as they can be so.
    pub(super) fn checked(self, app: &App) -> Result<CheckedTerms, Problem> {
        let groups = self.groups.into_iter().enumerate().map(|(at, group)| rule(at, group));
        let mapping = Mapping {
            just_in_time: self.just_in_time,
            name_claim: self.name_claim,
            groups_claim: self.groups_claim,
            groups: groups.collect::<Result<_, _>>()?,
            admins_by_groups: self.admins_by_groups,
            on_logout: self.on_logout,
        };
        let terms = Terms {
            kind: self.endpoints.map_or(ConnectionKind::Oidc, |of| ConnectionKind::Oauth(of.into())),
            issuer: self.issuer,
            client: Client { id: self.client_id, authentication: self.client_authentication, secret: None },
            scopes: self.scopes,
            mapping,
        };
        Ok(CheckedTerms::checked(&app.egress, terms)?)
    }

    /// Terms, shown.
    pub(super) fn of(terms: &Terms) -> Self {
        let endpoints = match &terms.kind {
            ConnectionKind::Oidc => None,
            ConnectionKind::Oauth(endpoints) => Some(EndpointsBody::of(endpoints)),
        };
        Self {
            issuer: terms.issuer.clone(),
            client_id: terms.client.id.clone(),
            client_authentication: terms.client.authentication,
            scopes: terms.scopes.clone(),
            endpoints,
            just_in_time: terms.mapping.just_in_time,
            name_claim: terms.mapping.name_claim.clone(),
            groups_claim: terms.mapping.groups_claim.clone(),
            groups: terms.mapping.groups.iter().map(GroupBody::of).collect(),
            admins_by_groups: terms.mapping.admins_by_groups,
            on_logout: terms.mapping.on_logout,
        }
    }
}

fn rule(at: usize, body: GroupBody) -> Result<GroupRule, Problem> {
    let place = match (body.workspace, body.role) {
        (Some(workspace), Some(role)) => Some(GroupPlace { workspace, role }),
        (None, None) => None,
        _ => {
            let field = format!("groups[{at}].workspace");
            return Err(Problem::invalid_field(&field, "a workspace and a role there go together"));
        }
    };
    Ok(GroupRule { group: body.group, organization_role: body.organization_role, place })
}

impl From<EndpointsBody> for Endpoints {
    fn from(body: EndpointsBody) -> Self {
        let EndpointsBody { authorization, token, user, emails } = body;
        Self { authorization, token, user, emails }
    }
}

impl EndpointsBody {
    fn of(endpoints: &Endpoints) -> Self {
        let Endpoints { authorization, token, user, emails } = endpoints.clone();
        Self { authorization, token, user, emails }
    }
}

impl GroupBody {
    fn of(rule: &GroupRule) -> Self {
        Self {
            group: rule.group.clone(),
            organization_role: rule.organization_role,
            workspace: rule.place.map(|place| place.workspace),
            role: rule.place.map(|place| place.role),
        }
    }
}
