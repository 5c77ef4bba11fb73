//! Everything about one record: for the row that is open in its place, and for the record's own page.

use app::evidence::{Around, Query, StoredDecision};
use app::{App, Error};
use decision::Action;
use model::{OrganizationId, Snapshot};

use super::changed::Changed;
use super::path::{Link, path as links};
use crate::api::evidence::DecisionView;
use crate::pages::Shell;
use crate::pages::query::query;

/// Everything about one record.
pub(super) struct Opened {
    /// Every question that was asked, in order.
    pub(super) links: Vec<Link>,
    /// The record's fields that say something.
    pub(super) facts: Vec<(&'static str, String)>,
    /// Where to look further: what it is called, and the address.
    pub(super) ways: Vec<(String, String)>,
    /// What was changed under it.
    pub(super) under: Vec<Changed>,
    /// What had changed before it.
    pub(super) before: Vec<Changed>,
    /// As the API tells it.
    pub(super) json: String,
}

impl Opened {
    /// Everything about a record that the one who reads may see.
    pub(super) async fn of(
        app: &App,
        reading: &app::Reading,
        organization: OrganizationId,
        shell: &Shell,
        stored: StoredDecision,
    ) -> Result<Self, Error> {
        let Around { under, before } = app.around(reading, organization, &stored).await?;
        let facts: &Snapshot = &reading.facts;
        let rows = |changes: &[model::Change]| {
            changes.iter().map(|change| Changed::of(facts, shell, change)).collect::<Vec<_>>()
        };
        let mut ways = ways(shell, &stored);
        if stored.action == Action::EvidenceExport.name()
            && app.export_manifest(reading, organization, stored.id).await?.is_some()
        {
            let address = shell.path(&format!("/audit/{}/manifest", stored.id));
            ways.push(("Manifest of the file".to_owned(), address));
        }
        Ok(Self {
            links: links(facts, &stored.path),
            facts: told(&stored),
            ways,
            under: rows(&under),
            before: rows(&before),
            json: serde_json::to_string_pretty(&DecisionView::whole(stored)).unwrap_or_default(),
        })
    }
}

fn told(stored: &StoredDecision) -> Vec<(&'static str, String)> {
    let party = |party: &Option<decision::Party>| party.as_ref().map(|party| party.name.clone());
    let node = format!("{} as number {} since its start", stored.stamp.node, stored.stamp.sequence);
    let all = [
        ("Answers for it", party(&stored.owner)),
        ("On behalf of", party(&stored.on_behalf_of)),
        ("Asked for", Some(stored.action.clone())),
        ("Tool", stored.tool_name.clone()),
        ("Server", stored.server_name.clone()),
        ("Workspace", stored.workspace_name.clone()),
        ("Key", stored.key.map(|key| key.to_string())),
        ("From", stored.address.map(|address| address.to_string())),
        ("About", stored.target.as_ref().map(ToString::to_string)),
        ("Reason given", stored.note.clone()),
        ("Told the caller", Some(stored.public_reason.code().to_owned())),
        ("Run", stored.run.map(|run| run.to_string())),
        ("Trace", stored.trace_id.clone()),
        ("Took", Some(format!("{} µs", stored.duration_us))),
        ("Revision of the facts", Some(stored.revision.0.to_string())),
        ("Recorded by", Some(node)),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
        .collect()
}

/// The lists that a record is one of.
fn ways(shell: &Shell, stored: &StoredDecision) -> Vec<(String, String)> {
    let nothing = Query::default();
    let list = |label: &str, asked: Query| {
        let address = format!("{}{}", shell.path("/audit"), query(&[("q", &asked.to_string())]));
        (label.to_owned(), address)
    };
    let actor = stored.actor.as_ref().map(|party| party.id.uuid().to_string());
    let denied = |asked: Query| asked.with("decision", "deny");
    let mut ways = Vec::new();
    if let Some(id) = &actor {
        ways.push(list("Same actor", nothing.with("actor", id)));
    }
    if let (Some(id), Some(tool)) = (&actor, &stored.tool_name) {
        ways.push(list("Its denials of this tool", denied(nothing.with("actor", id).with("tool", tool))));
    }
    if let Some(run) = stored.run {
        ways.push(list("Same run", nothing.with("run", &run.to_string())));
    }
    if let Some(trace) = &stored.trace_id {
        ways.push(list("Same trace", nothing.with("trace", trace)));
    }
    if let Some(key) = stored.key {
        ways.push(list("Same key", nothing.with("key", &key.to_string())));
    }
    ways
}
