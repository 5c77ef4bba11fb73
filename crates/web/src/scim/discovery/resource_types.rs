use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use app::App;
use serde_json::{Value, json};

use super::unfiltered;
use crate::scim::answer::Answer;
use crate::scim::call::Call;
use crate::scim::error::ScimError;
use crate::scim::list::whole;
use crate::scim::schema::ResourceKind;

/// `GET /ResourceTypes`
pub(in crate::scim) async fn resource_types(app: Data<App>, call: Call) -> HttpResponse {
    let work = async {
        unfiltered(&call)?;
        let types = ResourceKind::ALL.iter().map(|kind| document(*kind, &call.directory.base));
        Ok(Answer::document(whole(types.collect())))
    };
    call.answer(&app, work).await
}

/// `GET /ResourceTypes/{id}`
pub(in crate::scim) async fn resource_type(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let kind = ResourceKind::ALL.into_iter().find(|kind| kind.name() == id.as_str());
        let kind = kind.ok_or_else(ScimError::not_found)?;
        Ok(Answer::document(document(kind, &call.directory.base)))
    };
    call.answer(&app, work).await
}

fn document(kind: ResourceKind, base: &str) -> Value {
    let extensions: Vec<Value> =
        kind.extensions().iter().map(|schema| json!({"schema": schema.id, "required": false})).collect();
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": kind.name(),
        "name": kind.name(),
        "endpoint": kind.endpoint(),
        "description": kind.says(),
        "schema": kind.core().id,
        "schemaExtensions": extensions,
        "meta": {
            "resourceType": "ResourceType",
            "location": format!("{base}/ResourceTypes/{}", kind.name()),
        },
    })
}
