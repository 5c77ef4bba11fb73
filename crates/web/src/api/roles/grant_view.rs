use app::version_of;
use model::{Constraint, Grant, Operator, Snapshot};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// One line of a role.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    /// Its id.
    pub id: Uuid,
    /// Which role carries it.
    pub role: Uuid,
    /// On which server: its id and slug.
    pub server: Named,
    /// Which tools: a name, or a pattern with `*`.
    pub tools: String,
    /// What must hold of the arguments; all of it.
    pub constraints: Vec<ConstraintBody>,
    /// For `If-Match`.
    pub version: String,
}

/// What must hold of one argument.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstraintBody {
    /// Where in the arguments, as a JSON pointer (RFC 6901), for example `/amount`.
    pub pointer: String,
    /// How to compare: `equals`, `not_equals`, `less_than`, `at_most`, `greater_than`, `at_least`, `in`, `not_in` or
    /// `starts_with`.
    #[schema(value_type = String)]
    pub operator: Operator,
    /// With what. For `in` and `not_in`: an array.
    pub value: Value,
}

impl GrantView {
    /// A grant as these facts show it.
    pub fn of(facts: &Snapshot, grant: &Grant) -> Self {
        let slug = facts.server(grant.server).map(|server| server.slug.to_string());
        Self {
            id: grant.id.uuid(),
            role: grant.role.uuid(),
            server: Named { id: grant.server.uuid(), name: slug.unwrap_or_default() },
            tools: grant.tools.to_string(),
            constraints: grant.constraints.iter().cloned().map(Into::into).collect(),
            version: version_of(&grant.clone().into()),
        }
    }
}

impl From<Constraint> for ConstraintBody {
    fn from(Constraint { pointer, operator, value }: Constraint) -> Self {
        Self { pointer, operator, value }
    }
}

impl From<ConstraintBody> for Constraint {
    fn from(ConstraintBody { pointer, operator, value }: ConstraintBody) -> Self {
        Self { pointer, operator, value }
    }
}
