//! Finding resources: filter, order, page (RFC 7644, section 3.4.2).

use std::collections::BTreeMap;

use actix_web::web;
use model::{GroupId, Snapshot, UserId};
use serde_json::{Map, Value, json};

use super::error::ScimError;
use super::filter::{self, Filter, Literal, Operator};
use super::project::Shown;
use super::schema::ResourceKind;
use super::sort::Sort;
use super::{groups, matches, people};

/// The most resources in one page, which is said in the service provider's configuration.
pub(crate) const MAX_RESULTS: usize = 200;
/// The resources in a page that does not say how many.
const USUAL_RESULTS: usize = 100;
/// The schema of a list.
const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    filter: Option<Filter>,
    sort: Option<Sort>,
    start_index: i64,
    count: Option<i64>,
    /// What is shown of each.
    pub(crate) shown: Shown,
}

impl Query {
    /// Whether there is a filter.
    pub(crate) fn is_filtered(&self) -> bool {
        self.filter.is_some()
    }

    /// Reads the query of an address.
    pub(crate) fn of_address(query: &str) -> Result<Self, ScimError> {
        let wrong = |error| ScimError::syntax(format!("The query cannot be read: {error}."));
        let fields = web::Query::<BTreeMap<String, String>>::from_query(query).map_err(wrong)?.into_inner();
        let text = |name: &str| {
            fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone())
        };
        let number = |name: &str| {
            let read =
                |text: String| text.trim().parse().map_err(|_| ScimError::value(name, "expected a number"));
            text(name).filter(|text| !text.is_empty()).map(read).transpose()
        };
        let names = |name: &str| {
            let text = text(name).unwrap_or_default();
            text.split(',').filter(|name| !name.trim().is_empty()).map(ToOwned::to_owned).collect()
        };
        let shown = Shown { attributes: names("attributes"), excluded: names("excludedAttributes") };
        Self::read(
            [text("filter"), text("sortBy"), text("sortOrder")],
            [number("startIndex")?, number("count")?],
            shown,
        )
    }

    /// Reads the body of a search.
    pub(crate) fn of_search(body: &Value) -> Result<Self, ScimError> {
        const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
        let Value::Object(body) = body else { return Err(ScimError::syntax("Send a JSON object.")) };
        let field = |name: &str| body.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v);
        let says =
            field("schemas").and_then(Value::as_array).is_some_and(|list| list.iter().any(|s| s == SEARCH));
        if !says {
            return Err(ScimError::syntax(format!("`schemas` has to name `{SEARCH}`.")));
        }
        let text = |name: &str| match field(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(ScimError::value(name, "expected a text")),
        };
        let number = |name: &str| match field(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                value.as_i64().map(Some).ok_or_else(|| ScimError::value(name, "expected a number"))
            }
        };
        let names = |name: &str| match field(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(list)) => {
                let read = |value: &Value| value.as_str().map(ToOwned::to_owned);
                list.iter()
                    .map(read)
                    .collect::<Option<Vec<_>>>()
                    .ok_or_else(|| ScimError::value(name, "expected a list of texts"))
            }
            Some(_) => Err(ScimError::value(name, "expected a list of texts")),
        };
        let shown = Shown { attributes: names("attributes")?, excluded: names("excludedAttributes")? };
        Self::read(
            [text("filter")?, text("sortBy")?, text("sortOrder")?],
            [number("startIndex")?, number("count")?],
            shown,
        )
    }

    fn read(
        [filter, by, order]: [Option<String>; 3],
        [start_index, count]: [Option<i64>; 2],
        shown: Shown,
    ) -> Result<Self, ScimError> {
        let read = |text: String| {
            filter::parse(&text)
                .map_err(|error| ScimError::bad("invalidFilter", format!("The filter: {error}.")))
        };
        let filter = filter.filter(|text| !text.trim().is_empty()).map(read).transpose()?;
        let by = by.filter(|by| !by.trim().is_empty());
        let sort = by.map(|by| Sort::read(by, order.as_deref())).transpose()?;
        if !shown.attributes.is_empty() && !shown.excluded.is_empty() {
            let detail = "Ask for `attributes` or `excludedAttributes`, not for both.";
            return Err(ScimError::bad("invalidValue", detail));
        }
        Ok(Self { filter, sort, start_index: start_index.unwrap_or(1), count, shown })
    }
}

/// A resource that may be in a list.
#[derive(Debug, Clone, Copy)]
enum Candidate {
    Person(UserId),
    Group(GroupId),
}

impl Candidate {
    fn kind(self) -> ResourceKind {
        match self {
            Self::Person(_) => ResourceKind::User,
            Self::Group(_) => ResourceKind::Group,
        }
    }

    fn show(self, facts: &Snapshot, base: &str, without_members: bool) -> Option<Value> {
        match self {
            Self::Person(id) => people::show(facts, base, id),
            Self::Group(id) => groups::show(facts, base, id, without_members),
        }
    }
}

/// The page that is looked for among resources of these kinds.
pub(crate) fn list(
    facts: &Snapshot,
    base: &str,
    kinds: &[ResourceKind],
    query: &Query,
) -> Result<Value, ScimError> {
    if let Some(filter) = &query.filter {
        matches::check(kinds, filter)?;
    }
    let candidates = candidates(facts, kinds, query.filter.as_ref());
    // A group of thousands is only written out where its members are asked for.
    let without_members = query.filter.is_none()
        && query.sort.is_none()
        && query.shown.leaves_out(ResourceKind::Group, "members");
    let shown =
        |candidate: &Candidate| Some((candidate.kind(), candidate.show(facts, base, without_members)?));
    let begin = usize::try_from(query.start_index.max(1) - 1).unwrap_or(usize::MAX);
    let count =
        query.count.map_or(USUAL_RESULTS, |count| usize::try_from(count.max(0)).unwrap_or(usize::MAX));
    let count = count.min(MAX_RESULTS);
    let (total, page): (usize, Vec<(ResourceKind, Value)>) = if query.filter.is_none() && query.sort.is_none()
    {
        (candidates.len(), candidates.iter().skip(begin).take(count).filter_map(shown).collect())
    } else {
        let fulfils = |found: &(ResourceKind, Value)| {
            query.filter.as_ref().is_none_or(|filter| matches::matches(found.0, &found.1, filter))
        };
        let mut found: Vec<_> = candidates.iter().filter_map(shown).filter(fulfils).collect();
        if let Some(sort) = &query.sort {
            sort.sort(&mut found)?;
        }
        (found.len(), found.into_iter().skip(begin).take(count).collect())
    };
    let resources: Vec<Value> =
        page.into_iter().map(|(kind, resource)| query.shown.of(kind, resource)).collect();
    Ok(page_of(total, begin, resources))
}

fn page_of(total: usize, begin: usize, resources: Vec<Value>) -> Value {
    let mut page = Map::new();
    page.insert("schemas".to_owned(), json!([LIST]));
    page.insert("totalResults".to_owned(), total.into());
    page.insert("startIndex".to_owned(), begin.saturating_add(1).into());
    page.insert("itemsPerPage".to_owned(), resources.len().into());
    page.insert("Resources".to_owned(), resources.into());
    Value::Object(page)
}

/// A list that is no page of resources, of a discovery endpoint.
pub(crate) fn whole(resources: Vec<Value>) -> Value {
    page_of(resources.len(), 0, resources)
}

/// The resources that can fulfil the filter at all. What directories ask most is answered by an index: who has this user
/// name, this external id.
fn candidates(facts: &Snapshot, kinds: &[ResourceKind], filter: Option<&Filter>) -> Vec<Candidate> {
    if let (&[ResourceKind::User], Some(Filter::Compare(path, Operator::Equal, Literal::Text(text)))) =
        (kinds, filter)
        && path.part.is_none()
    {
        let person = |found: Option<&std::sync::Arc<model::DirectoryUser>>| {
            found.map(|person| Candidate::Person(person.user)).into_iter().collect()
        };
        match path.name.to_ascii_lowercase().as_str() {
            "username" => return person(facts.directory_user_by_name(text)),
            "externalid" => return person(facts.directory_user_by_external_id(text)),
            _ => {}
        }
    }
    let mut candidates = Vec::new();
    if kinds.contains(&ResourceKind::User) {
        candidates.extend(facts.list_directory_users(None).map(|person| Candidate::Person(person.user)));
    }
    if kinds.contains(&ResourceKind::Group) {
        candidates.extend(facts.list_groups(None).map(|group| Candidate::Group(group.id)));
    }
    candidates
}
