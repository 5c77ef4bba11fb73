use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use app::evidence::{ChangeCursor, ChangeFilter};
use model::{Change, FactKind};
use serde::Deserialize;
use utoipa::IntoParams;

use super::ChangeView;
use super::cursor::{Cursor, page};
use super::window::{moment, parsed};
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which changes. What is left out does not narrow; an unknown name is refused.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Made by the principal of this id.
    actor: Option<String>,
    /// Of agents that this person answered for, before the change or after it, and of keys of such agents.
    owner: Option<String>,
    /// Of facts of this kind, for example `agent` or `workspace_membership`.
    kind: Option<String>,
    /// Of the fact of this id.
    target: Option<String>,
    /// Whose action begins so, for example `agent.`.
    action: Option<String>,
    /// At or after this moment (RFC 3339).
    from: Option<String>,
    /// Before this moment (RFC 3339).
    until: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Filter {
    fn read(self) -> Result<ChangeFilter, Problem> {
        let kind =
            |text: &str| FactKind::of(text).ok_or_else(|| Problem::invalid_field("kind", "no such kind"));
        Ok(ChangeFilter {
            actor: parsed("actor", self.actor.as_deref(), "expected an id")?,
            owner: parsed("owner", self.owner.as_deref(), "expected an id")?,
            kind: self.kind.as_deref().map(kind).transpose()?,
            from: moment("from", self.from.as_deref())?,
            until: moment("until", self.until.as_deref())?,
            target: self.target,
            action: self.action,
        })
    }
}

/// Lists the changes, newest first: who changed which fact from what to what, under which decision.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<ChangeView>)))]
#[get("/v1/orgs/{org}/audit")]
pub async fn audit(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<ChangeView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let shown = PageQuery { limit: query.limit, after: query.after.clone() };
    let page = page(&shown)?;
    let filter = query.into_inner().read()?;
    let found = app.changes(&reading, tenant.organization, &filter, page).await?;
    let cursor =
        |change: &Change| ChangeCursor { revision: change.revision, position: change.position }.text();
    Ok(Json(shown.cut(found.into_iter(), cursor, |change| ChangeView::from(&change))?))
}
