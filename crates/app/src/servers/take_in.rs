use std::collections::BTreeSet;

use decision::{Action, On};
use model::{DefinitionHash, Edit, Risk, ServerId, Tool, ToolId, ToolState};
use serde_json::Value;

use crate::servers::ask::{Offer, OfferedTool};
use crate::servers::import::first_if_accepting;
use crate::servers::in_use;
use crate::{Error, Plan, Planning};

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// The revision of the protocol that the server spoke.
    pub protocol_version: String,
    /// The name that the server gives itself.
    pub server_name: Option<String>,
    /// The version that the server gives itself.
    pub server_version: Option<String>,
    /// Every tool that the server offers or has just ceased to offer.
    pub tools: Vec<ImportedTool>,
    /// What was offered and cannot be kept.
    pub skipped: Vec<Skipped>,
}

/// One tool after an import.
#[derive(Debug)]
pub struct ImportedTool {
    /// The tool as it is now.
    pub tool: Tool,
    /// What the import meant for it.
    pub outcome: Outcome,
    /// The digest of the definition that was known before.
    pub before: Option<DefinitionHash>,
    /// What the server says of its harm; untrusted.
    pub hints: Option<Value>,
}

/// What an import means for a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was not known.
    New,
    /// It is described otherwise than before.
    Changed,
    /// It had been withdrawn, and is offered again as it was.
    Returned,
    /// It is as it was.
    Unchanged,
    /// It is no longer offered.
    Withdrawn,
}

/// A tool that was offered and cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its name, as far as it can be shown.
    pub name: String,
    /// Why.
    pub reason: String,
}

impl Skipped {
    /// Shows the beginning of the name, with everything that hides or reverses made visible.
    pub(super) fn of(name: &str, reason: String) -> Self {
        let shown: String = name.chars().take(80).collect();
        Self { name: shown.escape_debug().to_string(), reason }
    }
}

impl Outcome {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Returned => "returned",
            Self::Unchanged => "unchanged",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Takes an offer into the facts, all of it or nothing. What people here said of a tool, its title and risk, stays.
pub(super) fn take_in(
    planning: &Planning<'_>,
    server: ServerId,
    asked: &str,
    offer: Offer,
    accept: bool,
) -> Result<Plan<Imported>, Error> {
    let permit = planning.permit(Action::ToolImport, On::Server(server))?;
    let known = in_use(planning, server)?.clone();
    planning.still(known.clone())?;
    if known.url.as_deref() != Some(asked) {
        let detail = "the server was given another URL meanwhile; import again".to_owned();
        return Err(Error::Conflict { code: "url", detail });
    }
    first_if_accepting(planning, server, accept)?;
    let Offer { protocol_version, server_name, server_version, tools: offered, skipped } = offer;
    let names: BTreeSet<&str> = offered.iter().map(|tool| tool.name.as_str()).collect();
    let gone = planning.facts.tools_of(server).filter(|tool| !names.contains(tool.name.as_str()));
    let gone =
        gone.filter(|tool| tool.state == ToolState::Offered).map(|tool| withdraw(tool)).collect::<Vec<_>>();
    let met = offered.into_iter().map(|tool| meet(planning, server, tool, accept));
    let (edits, tools): (Vec<_>, Vec<_>) = met.chain(gone).unzip();
    let imported = Imported { protocol_version, server_name, server_version, tools, skipped };
    Ok(Plan::new(permit, edits.into_iter().flatten().collect(), imported))
}

/// What is done about one tool: an edit, unless it is as it was.
type Step = (Option<Edit>, ImportedTool);

fn withdraw(tool: &Tool) -> Step {
    let after = Tool { state: ToolState::Withdrawn, ..tool.clone() };
    let imported = ImportedTool {
        tool: after.clone(),
        outcome: Outcome::Withdrawn,
        before: Some(tool.definition),
        hints: None,
    };
    (Some(Edit::update(tool.clone(), after)), imported)
}

/// A tool that is offered. A new one counts as destructive until a person says otherwise, since a server's own hints
/// are no proof; a changed one keeps what was reviewed, and is denied until somebody has looked at it.
fn meet(planning: &Planning<'_>, server: ServerId, offered: OfferedTool, accept: bool) -> Step {
    let OfferedTool { name, title, definition, hints } = offered;
    let hash = definition.hash;
    let Some(before) = planning.facts.tool_by_name(server, name.as_str()) else {
        let id = ToolId::draw(planning.now, &mut planning.entropy());
        let reviewed = accept.then_some(hash);
        let (risk, state) = (Risk::Destructive, ToolState::Offered);
        let tool = Tool { id, server, name, title, risk, definition: hash, reviewed, state };
        let imported = ImportedTool { tool: tool.clone(), outcome: Outcome::New, before: None, hints };
        return (Some(Edit::create(tool)), imported);
    };
    let outcome = match before.state {
        _ if before.definition != hash => Outcome::Changed,
        ToolState::Withdrawn => Outcome::Returned,
        ToolState::Offered => Outcome::Unchanged,
    };
    let after = Tool { definition: hash, state: ToolState::Offered, ..Tool::clone(before) };
    let edit = (outcome != Outcome::Unchanged).then(|| Edit::update(Tool::clone(before), after.clone()));
    (edit, ImportedTool { tool: after, outcome, before: Some(before.definition), hints })
}
