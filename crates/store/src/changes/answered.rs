//! Which changes are of what somebody answers for: their agents, and the keys of their agents.
//!
//! Nobody but people manages, so "made by an agent of theirs" would never be true. What is asked is what became of the
//! agents that were theirs.

use model::FactKind;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DbBackend};
use uuid::Uuid;

use super::row::Column;

/// Changes of an agent that the person answered for before the change or after it, and of a key whose agent they answered
/// for when it was changed.
pub(super) fn answered_for(owner: Uuid, backend: DbBackend) -> Condition {
    let told = format!("(coalesce(changes.before, '') || coalesce(changes.after, '')) like {}", named(owner));
    let agents = Condition::all().add(Column::Kind.eq(FactKind::Agent.as_str())).add(Expr::cust(told));
    let keys = Condition::all()
        .add(Column::Kind.eq(FactKind::Key.as_str()))
        .add(Expr::cust(key_of_theirs(owner, backend)));
    Condition::any().add(agents).add(keys)
}

/// How the owner stands in an agent as it is kept. Inside a text of a fact the quotation marks would be escaped, so nothing
/// that somebody wrote can pass for it. Ids have no characters that would need quoting.
fn named(owner: Uuid) -> String {
    format!("'%\"owner\":\"{owner}\"%'")
}

/// Whether the agent that holds the key was theirs, by the last change of that agent until then: one look at the index of
/// facts.
fn key_of_theirs(owner: Uuid, backend: DbBackend) -> String {
    let key = "coalesce(changes.after, changes.before)";
    let holder = match backend {
        DbBackend::Postgres => format!("cast({key} as jsonb) #>> '{{is,holder,id}}'"),
        _ => format!("json_extract({key}, '$.is.holder.id')"),
    };
    format!(
        "coalesce((select coalesce(agent.after, agent.before) from changes agent \
         where agent.organization_id = changes.organization_id and agent.kind = '{kind}' \
         and agent.target = {holder} \
         and (agent.revision, agent.position) <= (changes.revision, changes.position) \
         order by agent.revision desc, agent.position desc limit 1), '') like {named}",
        kind = FactKind::Agent.as_str(),
        named = named(owner),
    )
}
