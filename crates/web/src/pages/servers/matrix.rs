//! The matrix of roles and tools on one server, as something to show and to compare with what a form sends back.

use std::collections::BTreeSet;

use app::roles::Regrant;
use model::{
    Constraint, Grant, GrantId, Operator, Role, RoleId, ServerId, Snapshot, Tool, ToolId, ToolState,
};

use super::rows::risk;

/// More columns than this are no table: roles beyond are chosen by name.
pub(super) const COLUMNS: usize = 12;

/// The table.
#[derive(Debug)]
pub(super) struct Matrix {
    /// Its columns.
    pub(super) roles: Vec<Column>,
    /// Its rows.
    pub(super) tools: Vec<Line>,
    /// How many roles there are, shown or not.
    pub(super) of: usize,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Its id.
    pub(super) id: RoleId,
    /// What it is called.
    pub(super) name: String,
}

/// A tool, with its cell in each column.
#[derive(Debug)]
pub(super) struct Line {
    /// The tool's id.
    pub(super) id: ToolId,
    /// Its name.
    pub(super) name: String,
    /// What it can do to the world.
    pub(super) risk: &'static str,
    /// Whether calls are denied because its definition waits for a review.
    pub(super) drifted: bool,
    /// Its cells.
    pub(super) cells: Vec<Cell>,
}

/// Whether a role reaches a tool, and through what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The role.
    pub(super) role: RoleId,
    /// Its name, so that the box says what it is.
    pub(super) role_name: String,
    /// Whether a grant of just this tool, without limits, is there: what the box sets.
    pub(super) on: bool,
    /// Whether the box can be set. Not where a pattern reaches the tool anyway, nor where its name reads as a pattern.
    pub(super) open: bool,
    /// Patterns without limits that reach it.
    pub(super) patterns: Vec<String>,
    /// Limits of grants that reach it.
    pub(super) limits: Vec<String>,
}

/// The roles that are shown: those asked for, or the first by name.
pub(super) fn columns(facts: &Snapshot, asked: &[RoleId]) -> Vec<Column> {
    let mut roles: Vec<Column> = facts
        .list_roles(None)
        .filter(|role| asked.is_empty() || asked.contains(&role.id))
        .map(|role| Column { id: role.id, name: role.name.to_string() })
        .collect();
    roles.sort_by_cached_key(|column| (column.name.to_lowercase(), column.id));
    roles.truncate(COLUMNS);
    roles
}

impl Matrix {
    /// The matrix of a server as these facts have it: tools that it offers.
    pub(super) fn of(facts: &Snapshot, server: ServerId, asked: &[RoleId], needle: &str) -> Self {
        let roles = columns(facts, asked);
        let needle = needle.trim().to_lowercase();
        let tools = facts.tools_of(server).filter(|tool| tool.state == ToolState::Offered);
        let tools = tools.filter(|tool| tool.name.as_str().to_lowercase().contains(&needle));
        let line = |tool: &Tool| Line {
            id: tool.id,
            name: tool.name.to_string(),
            risk: risk(tool.risk),
            drifted: !tool.is_reviewed(),
            cells: roles.iter().map(|role| cell(facts, role, tool)).collect(),
        };
        Self { tools: tools.map(|tool| line(tool)).collect(), of: facts.list_roles(None).count(), roles }
    }
}

fn cell(facts: &Snapshot, role: &Column, tool: &Tool) -> Cell {
    let name = tool.name.as_str();
    let reaching = || facts.grants_on(role.id, tool.server).filter(|grant| grant.tools.matches(name));
    let patterns: Vec<String> = reaching()
        .filter(|grant| !is_exact(grant, name) && grant.constraints.is_empty())
        .map(|grant| grant.tools.to_string())
        .collect();
    let on = exact(facts, role.id, tool).is_some();
    let limited = reaching().filter(|grant| !grant.constraints.is_empty());
    Cell {
        role: role.id,
        role_name: role.name.clone(),
        open: !name.contains('*') && (on || patterns.is_empty()),
        on,
        patterns,
        limits: limited.map(|grant| all_in_words(&grant.constraints)).collect(),
    }
}

fn is_exact(grant: &Grant, name: &str) -> bool {
    grant.tools.as_str() == name && !name.contains('*')
}

/// The grant that a box stands for: just this tool, without limits.
fn exact(facts: &Snapshot, role: RoleId, tool: &Tool) -> Option<GrantId> {
    facts
        .grants_on(role, tool.server)
        .find(|grant| is_exact(grant, tool.name.as_str()) && grant.constraints.is_empty())
        .map(|grant| grant.id)
}

/// The boxes that a form showed, and which of them were set.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// The columns that it had.
    pub(super) roles: Vec<RoleId>,
    /// The rows that it had.
    pub(super) tools: Vec<ToolId>,
    /// The boxes that were set: role and tool.
    pub(super) on: BTreeSet<(RoleId, ToolId)>,
}

/// One difference between what is and what a form sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The role's name.
    pub(super) role: String,
    /// In how many memberships it is held.
    pub(super) held: usize,
    /// The tool's name.
    pub(super) tool: String,
    /// What the tool can do to the world.
    pub(super) risk: &'static str,
    /// Whether the role is to reach it from now on; otherwise no longer.
    pub(super) adds: bool,
    /// What else about it a reviewer has to know.
    pub(super) note: Option<String>,
    /// What the save form sends: role and tool, or the grant that goes.
    pub(super) value: String,
}

/// What a form changes. A box that cannot be set changes nothing, whatever was sent.
pub(super) fn differences(facts: &Snapshot, server: ServerId, sent: &Sent) -> Vec<Difference> {
    let tools = || sent.tools.iter().filter_map(|id| facts.tool(*id)).filter(|tool| tool.server == server);
    let roles = sent.roles.iter().filter_map(|id| facts.role(*id));
    roles.flat_map(|role| tools().filter_map(|tool| difference(facts, role, tool, sent))).collect()
}

fn difference(facts: &Snapshot, role: &Role, tool: &Tool, sent: &Sent) -> Option<Difference> {
    let now = cell(facts, &Column { id: role.id, name: role.name.to_string() }, tool);
    let wanted = sent.on.contains(&(role.id, tool.id));
    if wanted == now.on || !now.open {
        return None;
    }
    let value =
        if wanted { format!("{}/{}", role.id, tool.id) } else { exact(facts, role.id, tool)?.to_string() };
    let note = if wanted {
        now.limits.first().map(|limit| format!("Until now only where {limit}."))
    } else if let Some(pattern) = now.patterns.first() {
        Some(format!("The role goes on reaching it through the pattern {pattern}."))
    } else {
        now.limits.first().map(|limit| format!("The role goes on reaching it where {limit}."))
    };
    let held = facts.list_workspace_memberships(None).filter(|membership| membership.role == role.id);
    Some(Difference {
        role: role.name.to_string(),
        held: held.count(),
        tool: tool.name.to_string(),
        risk: risk(tool.risk),
        adds: wanted,
        note,
        value,
    })
}

/// Reads what a save form sends into what the use case wants. What names nothing here any more is left to the use case
/// to refuse.
pub(super) fn regrant(facts: &Snapshot, add: &[String], remove: &[String]) -> Option<Regrant> {
    let line = |text: &String| {
        let (role, tool) = text.split_once('/')?;
        let tool = facts.tool(tool.parse().ok()?)?;
        Some((role.parse().ok()?, tool.name.as_str().parse().ok()?, Vec::new()))
    };
    let gone = |text: &String| text.parse().ok();
    Some(Regrant {
        add: add.iter().map(line).collect::<Option<_>>()?,
        remove: remove.iter().map(gone).collect::<Option<_>>()?,
    })
}

/// The limits of a grant, in words.
pub(crate) fn all_in_words(constraints: &[Constraint]) -> String {
    constraints.iter().map(in_words).collect::<Vec<_>>().join(" and ")
}

/// One limit, in words.
fn in_words(constraint: &Constraint) -> String {
    format!("{} {} {}", constraint.pointer, operator(constraint.operator), constraint.value)
}

/// An operator as people read it.
pub(crate) fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Equals => "is",
        Operator::NotEquals => "is not",
        Operator::LessThan => "is below",
        Operator::AtMost => "is at most",
        Operator::GreaterThan => "is above",
        Operator::AtLeast => "is at least",
        Operator::In => "is one of",
        Operator::NotIn => "is none of",
        Operator::StartsWith => "begins with",
    }
}
