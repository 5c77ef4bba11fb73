use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Bytes, Data};
use app::App;
use app::organizations::{Export, Exported};
use futures_util::stream;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Problem;
use crate::api::evidence::{ChangeView, DecisionView};
use crate::api::organizations::OrganizationView;
use crate::api::reason::ReasonBody;
use crate::api::{Body, Tenant};

/// Copies everything of the organization: lines of JSON, the organization first, then its facts, all changes and all
/// decisions. Hashes of keys and sealed secrets stay here. Sent as it is read, so a copy without its last line, `end`,
/// is not whole.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), request_body = ReasonBody, responses((status = 200, content_type = "application/jsonl", body = String)))]
#[post("/v1/orgs/{org}/export")]
pub async fn export(app: Data<App>, tenant: Tenant, body: Body<ReasonBody>) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let copy = app.export(tenant.request(), &body.value.reason).await?;
    Ok(sent_as(copy, &tenant.organization.to_string()))
}

/// A copy on its way, as a file of that name.
pub(crate) fn sent_as(copy: Export, name: &str) -> HttpResponse {
    let name = format!("attachment; filename=\"{name}.jsonl\"");
    let mut response = HttpResponse::Ok();
    response.content_type("application/jsonl").insert_header(("Content-Disposition", name));
    response.insert_header(("Cache-Control", "no-store"));
    response.streaming(stream::unfold(Some((copy, 0)), send))
}

type Sent = (Result<Bytes, app::Error>, Option<(Export, u64)>);

/// The next bytes of a copy. After a failure nothing more: the missing end says that it is not whole.
async fn send(state: Option<(Export, u64)>) -> Option<Sent> {
    let (mut copy, lines) = state?;
    match copy.next().await {
        Ok(Some(part)) => {
            let count = lines.saturating_add(u64::try_from(part.len()).unwrap_or(0));
            let text: String = part.iter().map(line).collect();
            Some((Ok(text.into()), Some((copy, count))))
        }
        Ok(None) => Some((Ok(end(lines).into()), None)),
        Err(error) => {
            tracing::error!(%error, "a copy of an organization was broken off");
            Some((Err(error), None))
        }
    }
}

/// The last line of a whole copy: how many there are before it.
pub fn end(lines: u64) -> String {
    format!("{}\n", json!({ "end": { "lines": lines } }))
}

/// A part of a copy as its line.
pub fn line(part: &Exported) -> String {
    let (kind, value) = match part {
        Exported::Head { organization, revision, at } => {
            let organization = OrganizationView::from(organization.as_ref());
            let head = json!({"version": 1, "organization": organization, "revision": revision, "at": at});
            ("export", head)
        }
        Exported::Fact(fact) => ("fact", app::evidence::shown(fact)),
        Exported::Change(change) => ("change", shown(&ChangeView::from(change.as_ref()))),
        Exported::Decision(decision) => ("decision", shown(&DecisionView::whole((**decision).clone()))),
    };
    format!("{}\n", json!({ kind: value }))
}

fn shown(view: &impl Serialize) -> Value {
    serde_json::to_value(view).unwrap_or_default()
}
