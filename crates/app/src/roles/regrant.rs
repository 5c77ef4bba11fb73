use std::collections::BTreeSet;
use std::sync::Arc;

use decision::{Action, On};
use model::{Constraint, Edit, Grant, GrantId, RoleId, ServerId, Snapshot, ToolPattern};
use sha2::{Digest, Sha256};

use crate::plan::Checks;
use crate::roles::add_grant::check_constraints;
use crate::servers::in_use;
use crate::{Error, Plan, Planning};

/// A person reviews what they change: a few hundred lines is the most that anybody reads.
const CHANGE_LIMIT: usize = 500;

/// How the roles' grants on one server are to be otherwise.
#[derive(Debug, Clone, Default)]
pub struct Regrant {
    /// Grants that are to be: who may what.
    pub add: Vec<NewLine>,
    /// Grants that are to go.
    pub remove: Vec<GrantId>,
}

/// A role, which tools it is to reach, and what must hold of their arguments.
pub type NewLine = (RoleId, ToolPattern, Vec<Constraint>);

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Regranted {
    /// Grants that are new.
    pub added: Vec<Grant>,
    /// Grants that are gone.
    pub removed: Vec<Grant>,
}

/// The grants of all roles on a server, oldest first.
pub fn grants_on(facts: &Snapshot, server: ServerId) -> Vec<Arc<Grant>> {
    let mut grants: Vec<Arc<Grant>> =
        facts.list_roles(None).flat_map(|role| facts.grants_on(role.id, server)).map(Arc::clone).collect();
    grants.sort_by_key(|grant| grant.id);
    grants
}

/// The version of all grants on a server together, for edits that say which version they were made on.
pub fn grants_version(facts: &Snapshot, server: ServerId) -> String {
    let mut digest = Sha256::new();
    for grant in grants_on(facts, server) {
        digest.update(serde_json::to_vec(&*grant).unwrap_or_default());
        digest.update([0]);
    }
    let first = digest.finalize().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{first:016x}")
}

/// Adds and removes grants of several roles on one server, all of it or nothing: no call is decided on half of what
/// somebody reviewed.
pub fn regrant(planning: &Planning<'_>, server: ServerId, wanted: Regrant) -> Result<Plan<Regranted>, Error> {
    let permit = planning.permit(Action::ServerGrants, On::Server(server))?;
    in_use(planning, server)?;
    planning.still_at(grants_version(planning.facts, server))?;
    check(planning, &wanted)?;
    let removed = removed(planning, server, &wanted.remove)?;
    let added = added(planning, server, wanted, &removed);
    let mut edits: Vec<Edit> = removed.iter().cloned().map(Edit::remove).collect();
    edits.extend(added.iter().cloned().map(Edit::create));
    Ok(Plan::new(permit, edits, Regranted { added, removed }))
}

fn check(planning: &Planning<'_>, wanted: &Regrant) -> Result<(), Error> {
    let mut checks = Checks::default();
    if wanted.add.len() + wanted.remove.len() > CHANGE_LIMIT {
        checks.wrong("add", format!("at most {CHANGE_LIMIT} changes at once"));
    }
    for (at, (role, _, constraints)) in wanted.add.iter().enumerate() {
        if planning.facts.role(*role).is_none() {
            checks.wrong(format!("add[{at}].role"), "no role of that id");
        }
        check_constraints(&mut checks, constraints);
    }
    checks.done()
}

fn removed(planning: &Planning<'_>, server: ServerId, ids: &[GrantId]) -> Result<Vec<Grant>, Error> {
    let unique: BTreeSet<GrantId> = ids.iter().copied().collect();
    let find = |id: GrantId| {
        let found = planning.facts.grant(id).filter(|grant| grant.server == server);
        found.map(|grant| Grant::clone(grant)).ok_or_else(|| {
            Error::invalid("remove", format!("no grant `{id}` on this server; it may be gone already"))
        })
    };
    unique.into_iter().map(find).collect()
}

/// The grants that are new: one that is there already, or twice in the list, is not made again.
fn added(planning: &Planning<'_>, server: ServerId, wanted: Regrant, removed: &[Grant]) -> Vec<Grant> {
    let mut added: Vec<Grant> = Vec::new();
    for (role, tools, constraints) in wanted.add {
        let same =
            |grant: &Grant| grant.role == role && grant.tools == tools && grant.constraints == constraints;
        let stays = |grant: &Grant| !removed.iter().any(|gone| gone.id == grant.id);
        let there = planning.facts.grants_on(role, server).any(|grant| same(grant) && stays(grant));
        if there || added.iter().any(same) {
            continue;
        }
        let id = GrantId::draw(planning.now, &mut planning.entropy());
        added.push(Grant { id, role, server, tools, constraints });
    }
    added
}
