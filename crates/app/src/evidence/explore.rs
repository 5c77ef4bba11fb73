//! "Can they do this, and why?": the same evaluator that answers gateways, with every question and its answer.

use decision::{Action, Decision, Facts, On, Operation};
use model::{PrincipalId, ServerId, Snapshot};
use serde_json::Value;

use super::access::answers_for;
use crate::{Error, Reading};

/// A question about somebody, a tool and a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked<'a> {
    /// Who.
    pub principal: PrincipalId,
    /// On which server.
    pub server: ServerId,
    /// Which tool: its exact name.
    pub tool: &'a str,
    /// In which workspace: its slug. None: each that offers the server is looked at.
    pub workspace: Option<&'a str>,
    /// With which arguments. None: with some.
    pub arguments: Option<&'a Value>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Explored {
    /// What a gateway would be answered.
    pub decision: Decision,
    /// The same for each workspace that offers the server, where more than one does and none was asked for; the one
    /// that comes nearest first.
    pub elsewhere: Vec<Decision>,
    /// The ways there are: in each workspace, or in the one that was asked for, by each grant alone; the one that comes
    /// nearest first. Not more than [`MOST_WAYS`].
    pub ways: Vec<Decision>,
}

/// Ways that are told: more than anybody reads, few enough to be worked out at once.
pub const MOST_WAYS: usize = 24;

/// Whether somebody may call a tool, and by which path. Everybody may ask it of themselves and of their agents.
///
/// It is asked of facts alone: which key proves them, from where, and whether the gateway is active is not part of it.
pub fn explore(reading: &Reading, asked: &Asked<'_>) -> Result<Explored, Error> {
    reading.check(Action::DecisionRead, On::Evidence(answers_for(reading, asked.principal)))?;
    reading.check(Action::ServerRead, On::Server(asked.server))?;
    let facts = Facts::of(&reading.facts);
    let server = reading.facts.server(asked.server).map_or("", |server| server.slug.as_str());
    let operation = match asked.arguments {
        Some(arguments) => Operation::Tool { name: asked.tool, arguments: Some(arguments) },
        None => Operation::Visibility { name: asked.tool },
    };
    let in_workspace = |workspace| decision::why(&facts, asked.principal, server, workspace, operation);
    let decision = in_workspace(asked.workspace);
    let mut elsewhere: Vec<Decision> = Vec::new();
    if asked.workspace.is_none() {
        let places = places(&reading.facts, asked.server);
        if places.len() > 1 {
            elsewhere = places.iter().map(|slug| in_workspace(Some(slug.as_str()))).collect();
            elsewhere.sort_by_key(|decision| std::cmp::Reverse(reached(decision)));
        }
    }
    let ways = decision::ways(&facts, asked.principal, server, asked.workspace, operation, MOST_WAYS);
    Ok(Explored { decision, elsewhere, ways })
}

/// How many questions hold before the first that does not.
fn reached(decision: &Decision) -> usize {
    decision.steps.iter().take_while(|step| step.stops.is_none()).count()
}

fn places(facts: &Snapshot, server: ServerId) -> Vec<String> {
    let slug = |id| facts.workspace(id).map(|workspace| workspace.slug.to_string());
    facts.places_of(server).filter_map(slug).collect()
}
