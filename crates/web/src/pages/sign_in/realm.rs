use app::App;
use url::form_urlencoded::Serializer;

use crate::Problem;
use crate::session::local_path;

/// Where a person with that address signs in, if an organization has proven that the address's domain is its own: a
/// path of ours that leads to its provider. It only routes, and grants nothing (security.md S4).
pub(super) async fn realm(app: &App, email: &str, next: &str) -> Result<Option<String>, Problem> {
    let Some(realm) = app.realm_of(email).await? else { return Ok(None) };
    let mut query = Serializer::new(String::new());
    query.append_pair("connection", &realm.connection.id.to_string()).append_pair("address", email);
    if let Some(next) = local_path(next) {
        query.append_pair("next", next);
    }
    Ok(Some(format!("/sso/continue?{}", query.finish())))
}
