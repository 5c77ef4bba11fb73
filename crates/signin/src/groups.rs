//! Asking for groups that do not fit into a token.

use egress::Egress;
use serde_json::{Value, json};
use url::Url;

use crate::{Asked, SignInError, userinfo};

/// Whose issuers keep groups at [`GRAPH`], whatever old address their tokens still name.
const ENTRA: &str = "login.microsoftonline.com";
const GRAPH: &str = "https://graph.microsoft.com/v1.0/me/getMemberObjects";

/// More groups than anybody is usefully in.
const MOST: usize = 10_000;

/// The groups, from where the token says they are. Only from the issuer's own host, or Microsoft's for theirs: a token
/// could otherwise have its bearer shown to anybody.
pub(crate) async fn elsewhere(
    egress: &Egress,
    asked: &Asked<'_>,
    access: &str,
    named: Option<&str>,
) -> Result<Vec<String>, SignInError> {
    let url = place(&asked.terms.issuer, named).ok_or(SignInError::GroupsUnknown)?;
    let question = json!({ "securityEnabledOnly": false });
    let answer =
        userinfo::ask_with(egress, asked.tenant, &url, access, &question).await.map_err(|error| {
            tracing::info!(%error, "groups could not be asked for");
            SignInError::GroupsUnknown
        })?;
    let groups = answer.get("value").and_then(Value::as_array).filter(|groups| groups.len() <= MOST);
    let groups = groups.ok_or(SignInError::GroupsUnknown)?;
    Ok(groups.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect())
}

fn place(issuer: &str, named: Option<&str>) -> Option<String> {
    let issuer = Url::parse(issuer).ok()?;
    if issuer.host_str() == Some(ENTRA) {
        return Some(GRAPH.to_owned());
    }
    let named = Url::parse(named?).ok()?;
    (named.origin() == issuer.origin()).then(|| named.into())
}
