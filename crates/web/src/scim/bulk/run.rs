use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::StatusCode;
use app::App;
use serde_json::{Map, Value};

use super::ids::{filled, named};
use super::read::{Bulk, Operation, Place};
use crate::scim::answer::Answer;
use crate::scim::call::Directory;
use crate::scim::error::ScimError;
use crate::scim::schema::ResourceKind;
use crate::scim::{groups, people};

/// Does the operations in their order, but one that names what a later one brings after that one. An answer for each, at
/// its place; none for those that were not come to.
pub(super) async fn run(app: &App, directory: &Directory, asked: Bulk) -> Vec<Option<Value>> {
    let mut results: Vec<Option<Value>> = vec![None; asked.operations.len()];
    let mut waiting: Vec<(usize, Operation)> = asked.operations.into_iter().enumerate().collect();
    let mut known = BTreeMap::new();
    let mut mistakes = 0;
    loop {
        let coming: BTreeSet<String> = waiting
            .iter()
            .filter(|(_, o)| o.method == "POST")
            .filter_map(|(_, o)| o.bulk_id.clone())
            .collect();
        let before = waiting.len();
        let mut later = Vec::new();
        for (at, operation) in waiting {
            if asked.fail_on_errors.is_some_and(|most| mistakes >= most) {
                return results;
            }
            let awaits = |name: &String| !known.contains_key(name) && coming.contains(name);
            let own = operation.bulk_id.clone();
            if named(&operation).iter().any(|name| awaits(name) && Some(name) != own.as_ref()) {
                later.push((at, operation));
                continue;
            }
            let done = one(app, directory, &filled(operation.clone(), &known)).await;
            if let (Ok(answer), Some(own)) = (&done, own) {
                known.extend(id_of(answer).map(|id| (own, id)));
            }
            mistakes += u64::from(done.is_err());
            place(&mut results, at, result(&operation, done));
        }
        waiting = later;
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    for (at, operation) in waiting {
        let detail = "It names by `bulkId` what was not brought, or two operations name each other.";
        let error = ScimError::new(StatusCode::CONFLICT, Some("invalidValue"), detail);
        place(&mut results, at, result(&operation, Err(error)));
    }
    results
}

fn place(results: &mut [Option<Value>], at: usize, result: Value) {
    if let Some(place) = results.get_mut(at) {
        *place = Some(result);
    }
}

fn id_of(answer: &Answer) -> Option<String> {
    answer.body.as_ref()?.get("id")?.as_str().map(ToOwned::to_owned)
}

async fn one(app: &App, directory: &Directory, operation: &Operation) -> Result<Answer, ScimError> {
    let Place { kind, id } = operation.place()?;
    let (data, version) = (&operation.data, operation.version.as_deref());
    match (operation.method.as_str(), kind, id) {
        ("POST", _, None) if operation.bulk_id.is_none() => {
            Err(ScimError::syntax("A `POST` needs a `bulkId`."))
        }
        ("POST", ResourceKind::User, None) => people::create_person(app, directory, data).await,
        ("POST", ResourceKind::Group, None) => groups::create_group(app, directory, data).await,
        ("PUT", ResourceKind::User, Some(id)) => {
            people::replace_person(app, directory, &id, data, version).await
        }
        ("PUT", ResourceKind::Group, Some(id)) => {
            groups::replace_group(app, directory, &id, data, version).await
        }
        ("PATCH", ResourceKind::User, Some(id)) => {
            people::patch_person(app, directory, &id, data, version).await
        }
        ("PATCH", ResourceKind::Group, Some(id)) => {
            groups::patch_group(app, directory, &id, data, version).await
        }
        ("DELETE", ResourceKind::User, Some(id)) => people::remove_person(app, directory, &id, version).await,
        ("DELETE", ResourceKind::Group, Some(id)) => groups::remove_group(app, directory, &id, version).await,
        (method, _, _) => {
            let detail = format!("`{method} {}` is no operation.", operation.path);
            Err(ScimError::syntax(detail))
        }
    }
}

/// The answer to one operation. The resource itself is left out, as a mistake's is not: the directory can ask for it.
fn result(operation: &Operation, done: Result<Answer, ScimError>) -> Value {
    let mut result = Map::new();
    result.insert("method".to_owned(), operation.method.as_str().into());
    result.extend(operation.bulk_id.as_ref().map(|id| ("bulkId".to_owned(), id.as_str().into())));
    match done {
        Ok(answer) => {
            result.extend(answer.location.map(|location| ("location".to_owned(), location.into())));
            result.extend(answer.version.map(|version| ("version".to_owned(), version.into())));
            result.insert("status".to_owned(), answer.status.as_u16().to_string().into());
        }
        Err(error) => {
            result.insert("status".to_owned(), error.status.as_u16().to_string().into());
            result.insert("response".to_owned(), error.document());
        }
    }
    Value::Object(result)
}
