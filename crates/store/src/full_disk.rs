//! What happens when no space is left, with the limit that SQLite itself can be given.

use decision::{Action, Caller, Facts, Manage, Means, On, Permit, Record, decide};
use model::{
    AccessMode, DecisionId, Edit, Organization, OrganizationId, OrganizationState, Snapshot, Stop, Timestamp,
    Visibility, Workspace, WorkspaceId,
};
use sea_orm::ConnectionTrait;
use testkit::directory::Directory;
use uuid::Uuid;

use crate::connect::Lane;
use crate::{DecisionFilter, Options, Page, Store, StoreError};

/// No more pages than there are.
const LIMIT: &str = "pragma max_page_count = 1";

fn now() -> Timestamp {
    "2026-11-03T14:00:00Z".parse().unwrap()
}

fn organization() -> Organization {
    Organization {
        id: OrganizationId::MAX,
        slug: "northwind".parse().unwrap(),
        name: "Northwind".parse().unwrap(),
        state: OrganizationState::Active,
        stop: Stop::Released,
    }
}

fn permit() -> Permit {
    let facts = Snapshot::from_facts([organization().into()]);
    let caller = Caller { principal: None, means: Means::Operator };
    let request = Manage { now: now(), caller, action: Action::OrganizationCreate, on: On::Organization };
    decide(&Facts::of(&facts), request).permit().unwrap()
}

fn record(number: usize) -> Record {
    let id = DecisionId::from_uuid(Uuid::from_u128(u128::try_from(number).unwrap()));
    Record::of(id, now(), permit().decision().clone())
}

fn workspace(number: usize) -> Edit {
    Edit::create(Workspace {
        id: WorkspaceId::from_uuid(Uuid::from_u128(u128::try_from(number).unwrap())),
        slug: format!("w-{number}").parse().unwrap(),
        name: "A workspace".parse().unwrap(),
        visibility: Visibility::Private,
        access_mode: AccessMode::Inherit,
        guest_agents: false,
        auto_accept_agents: false,
        identity_mode: None,
    })
}

async fn store(directory: &Directory) -> Store {
    let url = format!("sqlite://{}", directory.join("store.sqlite").display());
    let store = Store::connect(&Options { url, max_connections: 1 }).await.unwrap();
    store.migrate().await.unwrap();
    store
}

async fn recorded(store: &Store) -> usize {
    let all = store.decisions(OrganizationId::MAX, &DecisionFilter::default(), Page::first(100_000)).await;
    all.unwrap().len()
}

#[tokio::test]
async fn evidence_that_found_no_space_is_refused_whole_and_the_next_is_kept() {
    let directory = Directory::new();
    let store = store(&directory).await;
    let Lane::Sqlite(recorder) = store.lane() else { panic!("not SQLite") };
    let mut kept = 0;
    for size in [1, 100] {
        let mut recorder = recorder.lock().await;
        let connection = recorder.take().unwrap();
        connection.execute_batch(LIMIT).unwrap();
        recorder.keep(connection);
        drop(recorder);
        let refused = loop {
            let group: Vec<Record> = (kept..kept + size).map(record).collect();
            match store.append(&group).await {
                Ok(()) => kept += size,
                Err(error) => break error,
            }
            assert!(kept < 100_000, "the limit does not hold");
        };
        assert!(matches!(refused, StoreError::Full), "{refused:?}");
        assert_eq!(recorded(&store).await, kept);
        // The connection with the limit is gone: there is space again.
        store.append(&[record(kept)]).await.unwrap();
        kept += 1;
        assert_eq!(recorded(&store).await, kept);
    }
}

#[tokio::test]
async fn a_change_that_found_no_space_leaves_nothing_and_the_next_is_written() {
    let directory = Directory::new();
    let store = store(&directory).await;
    store.write().execute_unprepared(LIMIT).await.unwrap();
    let mut edits = vec![Edit::create(organization())];
    edits.extend((0..2_000).map(workspace));
    let writing = store.begin_new(OrganizationId::MAX, "northwind").await.unwrap();
    let refused = writing.commit(permit(), &edits, record(0)).await;
    assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    assert_eq!(store.load(OrganizationId::MAX).await.unwrap(), None);
    assert_eq!(recorded(&store).await, 0);

    store.write().execute_unprepared("pragma max_page_count = 1000000").await.unwrap();
    let writing = store.begin_new(OrganizationId::MAX, "northwind").await.unwrap();
    let changes = writing.commit(permit(), &edits, record(0)).await.unwrap();
    assert_eq!(changes.len(), edits.len());
    let facts = store.load(OrganizationId::MAX).await.unwrap().unwrap();
    assert_eq!(facts.list_workspaces(None).count(), 2_000);
    assert_eq!(recorded(&store).await, 1);
}
