//! What leads to an organization from a domain or a connection: written with the fact, so that it leads nowhere else.

use model::{Connection, Domain, Edit, Fact, OrganizationId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

use crate::StoreError;

/// Taken by another organization, it is refused with the word `name`.
const PROVEN: &str = "insert into proven_domains (name, organization_id, domain_id) values ($1, $2, $3)";

const NO_LONGER: &str = "delete from proven_domains where organization_id = $1 and domain_id = $2";

const HOME: &str = "insert into connection_homes (connection_id, organization_id) values ($1, $2)";

const NO_HOME: &str = "delete from connection_homes where connection_id = $1 and organization_id = $2";

/// Follows an edit of a domain or a connection.
pub(super) async fn follow(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    edit: &Edit,
) -> Result<(), StoreError> {
    let (before, after) = (edit.before.as_ref(), edit.after.as_ref());
    match (before.and_then(proven), after.and_then(proven)) {
        (None, Some(domain)) => {
            let name = domain.name.as_str().into();
            run(transaction, PROVEN, [name, organization.uuid().into(), domain.id.uuid().into()]).await?;
        }
        (Some(domain), None) => {
            run(transaction, NO_LONGER, [organization.uuid().into(), domain.id.uuid().into()]).await?;
        }
        _ => {}
    }
    match (before.and_then(connection), after.and_then(connection)) {
        (None, Some(connection)) => {
            run(transaction, HOME, [connection.id.uuid().into(), organization.uuid().into()]).await
        }
        (Some(connection), None) => {
            run(transaction, NO_HOME, [connection.id.uuid().into(), organization.uuid().into()]).await
        }
        _ => Ok(()),
    }
}

fn proven(fact: &Fact) -> Option<&Domain> {
    match fact {
        Fact::Domain(domain) if domain.is_proven() => Some(domain),
        _ => None,
    }
}

fn connection(fact: &Fact) -> Option<&Connection> {
    match fact {
        Fact::Connection(connection) => Some(connection),
        _ => None,
    }
}

async fn run<const N: usize>(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: [Value; N],
) -> Result<(), StoreError> {
    let backend = transaction.get_database_backend();
    transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}
