use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use app::App;
use serde_json::{Value, json};

use super::unfiltered;
use crate::scim::answer::Answer;
use crate::scim::call::Call;
use crate::scim::error::ScimError;
use crate::scim::list::whole;
use crate::scim::schema::{Attribute, Kind, Mutability, ResourceKind, Schema};

/// `GET /Schemas`
pub(in crate::scim) async fn schemas(app: Data<App>, call: Call) -> HttpResponse {
    let work = async {
        unfiltered(&call)?;
        let schemas = all().map(|schema| document(schema, &call.directory.base));
        Ok(Answer::document(whole(schemas.collect())))
    };
    call.answer(&app, work).await
}

/// `GET /Schemas/{id}`
pub(in crate::scim) async fn schema(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let schema = all().find(|schema| schema.id == id.as_str()).ok_or_else(ScimError::not_found)?;
        Ok(Answer::document(document(schema, &call.directory.base)))
    };
    call.answer(&app, work).await
}

fn all() -> impl Iterator<Item = &'static Schema> {
    ResourceKind::ALL.into_iter().flat_map(ResourceKind::schemas)
}

fn document(schema: &Schema, base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": schema.id,
        "name": schema.name,
        "description": schema.says,
        "attributes": schema.attributes.iter().map(attribute).collect::<Vec<_>>(),
        "meta": {
            "resourceType": "Schema",
            "location": format!("{base}/Schemas/{}", schema.id),
        },
    })
}

fn attribute(of: &Attribute) -> Value {
    let (kind, references, parts) = match of.kind {
        Kind::Text => ("string", None, None),
        Kind::Flag => ("boolean", None, None),
        Kind::Moment => ("dateTime", None, None),
        Kind::Reference(to) => ("reference", Some(to), None),
        Kind::Complex(parts) => ("complex", None, Some(parts.iter().map(attribute).collect::<Vec<_>>())),
    };
    let mut document = json!({
        "name": of.name,
        "type": kind,
        "multiValued": of.many,
        "description": of.says,
        "required": of.required,
        "caseExact": of.exact,
        "mutability": match of.mutability {
            Mutability::ReadWrite => "readWrite",
            Mutability::ReadOnly => "readOnly",
            Mutability::Immutable => "immutable",
        },
        "returned": if of.always { "always" } else { "default" },
        "uniqueness": if of.unique { "server" } else { "none" },
    });
    if let Some(object) = document.as_object_mut() {
        object.extend(references.map(|to| ("referenceTypes".to_owned(), json!(to))));
        object.extend(parts.map(|parts| ("subAttributes".to_owned(), parts.into())));
        if !of.usual.is_empty() {
            object.insert("canonicalValues".to_owned(), json!(of.usual));
        }
    }
    document
}
