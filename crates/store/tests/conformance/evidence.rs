//! What was answered is kept as it was answered.

use chrono::TimeDelta;
use decision::{Obligation, Party, Reason, Record, Stamp, Subject, Verdict};
use model::*;
use store::{DecisionFilter, Page};

use crate::calls::prepare;
use crate::place::Place;
use crate::world::{World, conflict, name};

pub(crate) async fn a_record_comes_back_as_it_was(place: &Place) {
    let mut world = World::create(&place.store, 41, "northwind").await;
    let calls = prepare(&mut world).await;
    let mut record = calls.call(&mut world, calls.key, "notes", "create_note");
    assert!(record.decision.is_allowed(), "{:?}", record.decision);
    record.decision.obligations = vec![Obligation { kind: "redact".to_owned() }];
    let person = Party { id: PrincipalId::User(calls.ben), name: "Ben \"B\" Okafor".to_owned() };
    record = Record {
        on_behalf_of: Some(person),
        arguments_digest: Some([9; 32]),
        run: Some(RunId::MAX),
        trace_id: Some("0af7651916cd43dd8448eb211c80319c".to_owned()),
        span_id: Some("b7ad6b7169203331".to_owned()),
        duration_us: u64::try_from(i64::MAX).unwrap(),
        note: Some("asked for by phone".to_owned()),
        stamp: Stamp { node: "node-1".into(), epoch: 1_762_178_400_000, sequence: 7 },
        ..record
    };
    place.store.append(std::slice::from_ref(&record)).await.unwrap();

    let stored = place.store.decision(world.organization, record.id).await.unwrap().unwrap();
    let decision = &record.decision;
    assert_eq!((stored.id, stored.organization, stored.at), (record.id, world.organization, record.at));
    assert_eq!((stored.revision, stored.home), (world.facts.revision(), None));
    assert_eq!(stored.stamp, record.stamp);
    assert_eq!(
        (stored.verdict, stored.reason, stored.public_reason),
        (Verdict::Allow, Reason::Granted, Reason::Granted)
    );
    assert_eq!(stored.action, "tools/call");
    assert_eq!((&stored.actor, &stored.owner), (&decision.actor, &decision.owner));
    assert_eq!(stored.owner.as_ref().unwrap().name, "Ben Okafor");
    assert_eq!(stored.on_behalf_of, record.on_behalf_of);
    assert_eq!((stored.approver, &stored.instance, stored.originator), (None, &None, None));
    assert_eq!((stored.gateway, stored.key), (Some(calls.gateway), Some(calls.key)));
    assert_eq!(stored.workspace, decision.workspace.as_ref().map(|place| place.id));
    assert_eq!(stored.server, decision.server.as_ref().map(|place| place.id));
    assert_eq!(stored.tool, decision.tool.as_ref().map(|place| place.id));
    let names = [&stored.workspace_name, &stored.server_name, &stored.tool_name];
    assert_eq!(names.map(|name| name.as_deref().unwrap()), ["platform", "notes", "create_note"]);
    assert_eq!(stored.target, None);
    assert_eq!((stored.arguments_digest, stored.address), (record.arguments_digest, record.address));
    assert_eq!(
        (stored.run, &stored.trace_id, &stored.span_id),
        (record.run, &record.trace_id, &record.span_id)
    );
    assert_eq!((stored.duration_us, &stored.note), (record.duration_us, &record.note));
    assert_eq!(
        (stored.path.as_slice(), &stored.obligations),
        (decision.steps.as_slice(), &decision.obligations)
    );

    // A call by nobody, for what does not exist: the names are those that were asked for.
    let unknown = calls.decide(&mut world, Subject::Unknown, "no-such", "Nothing");
    place.store.append(std::slice::from_ref(&unknown)).await.unwrap();
    let stored = place.store.decision(world.organization, unknown.id).await.unwrap().unwrap();
    assert_eq!((stored.verdict, stored.reason), (Verdict::Deny, Reason::CredentialUnknown));
    assert_eq!((&stored.actor, &stored.owner, stored.key, stored.server), (&None, &None, None, None));
    assert_eq!(
        (stored.server_name.as_deref(), stored.tool_name.as_deref()),
        (Some("no-such"), Some("Nothing"))
    );
}

pub(crate) async fn history_survives_renaming_and_deletion(place: &Place) {
    let mut world = World::create(&place.store, 42, "northwind").await;
    let calls = prepare(&mut world).await;
    let records: Vec<Record> = [calls.key, calls.robot_key]
        .into_iter()
        .map(|key| calls.call(&mut world, key, "notes", "delete_note"))
        .collect();
    place.store.append(&records).await.unwrap();
    let before =
        place.store.decisions(world.organization, &DecisionFilter::default(), Page::first(9)).await.unwrap();
    let then = world.facts.clone();

    let why = Because { at: world.now(), by: None, reason: "gone".to_owned() };
    let agent = (**world.facts.agent(calls.agent).unwrap()).clone();
    let robot = (**world.facts.robot(calls.robot).unwrap()).clone();
    let ben = (**world.facts.user(calls.ben).unwrap()).clone();
    let server = (**world.facts.server_by_slug("notes").unwrap()).clone();
    let gone = Agent { name: name("Renamed"), ..agent.clone() }.revoke(why.clone()).unwrap();
    let deleted = Robot { name: name("Renamed"), ..robot.clone() }.delete(why.clone()).unwrap();
    let edits = [
        Edit::update(agent, gone),
        Edit::update(robot, deleted),
        Edit::update(ben.clone(), User { name: name("Renamed"), ..ben }),
        Edit::update(server.clone(), server.remove(why).unwrap()),
    ];
    world.write(&edits).await.unwrap();

    let filter = DecisionFilter { action: Some("tools/".to_owned()), ..DecisionFilter::default() };
    let after = place.store.decisions(world.organization, &filter, Page::first(9)).await.unwrap();
    assert_eq!(after.len(), 2);
    assert!(after.iter().all(|decision| before.contains(decision)), "exactly as it was");
    let names: Vec<_> = after.iter().map(|decision| decision.actor.as_ref().unwrap().name.as_str()).collect();
    assert_eq!(names, ["Nightly", "Notes"]);
    // And the state of that time can be had again.
    let past = place.store.snapshot_at(world.organization, after[0].revision).await.unwrap();
    assert_eq!(past, Some(then));
}

pub(crate) async fn uses_are_counted_exactly(place: &Place) {
    let mut world = World::create(&place.store, 43, "northwind").await;
    let calls = prepare(&mut world).await;
    let mut appended = 0;
    for group in [1_usize, 3, 64, 65, 200] {
        let records: Vec<Record> =
            (0..group).map(|_| calls.call(&mut world, calls.key, "notes", "create_note")).collect();
        place.store.append(&records).await.unwrap();
        appended += u64::try_from(group).unwrap();
        assert_eq!(place.store.uses_of_key(world.organization, calls.key).await.unwrap(), appended);
    }
    assert_eq!(place.store.uses_of_key(world.organization, calls.robot_key).await.unwrap(), 0);
    place.store.append(&[]).await.unwrap();
}

pub(crate) async fn a_repeated_append_is_recorded_once(place: &Place) {
    let mut world = World::create(&place.store, 44, "northwind").await;
    let calls = prepare(&mut world).await;
    let mut records: Vec<Record> =
        (0..5).map(|_| calls.call(&mut world, calls.key, "notes", "create_note")).collect();
    for (sequence, record) in (1..).zip(&mut records) {
        record.stamp = Stamp { node: "node-1".into(), epoch: 5, sequence };
    }
    place.store.append(&records[..3]).await.unwrap();
    place.store.append(&records).await.unwrap();
    assert_eq!(place.store.uses_of_key(world.organization, calls.key).await.unwrap(), 5);

    // Another record under a number that is given away is a mistake, and refused with all that came with it.
    let mut doubled: Vec<Record> =
        (0..3).map(|_| calls.call(&mut world, calls.key, "notes", "create_note")).collect();
    doubled[2].stamp = records[0].stamp.clone();
    assert_eq!(conflict(place.store.append(&doubled).await), "sequence");
    assert_eq!(place.store.uses_of_key(world.organization, calls.key).await.unwrap(), 5);
    place.store.append(&doubled[..2]).await.unwrap();
}

pub(crate) async fn a_guests_call_is_evidence_for_both_organizations(place: &Place) {
    let mut world = World::create(&place.store, 45, "northwind").await;
    let host = World::create(&place.store, 46, "contoso").await;
    let calls = prepare(&mut world).await;
    let mut record = calls.call(&mut world, calls.key, "notes", "create_note");
    record.decision.home = Some((host.organization, Revision(1)));
    place.store.append(std::slice::from_ref(&record)).await.unwrap();
    for organization in [world.organization, host.organization] {
        let stored = place.store.decision(organization, record.id).await.unwrap().unwrap();
        assert_eq!(stored.organization, organization);
        assert_eq!(stored.home, Some((host.organization, Revision(1))));
    }
}

pub(crate) async fn the_audit_view_follows_the_convention(place: &Place) {
    let mut world = World::create(&place.store, 47, "northwind").await;
    let calls = prepare(&mut world).await;
    let subjects = [Subject::Key(calls.key), Subject::Key(calls.robot_key), Subject::Unknown];
    let mut records: Vec<Record> = subjects
        .into_iter()
        .map(|subject| calls.decide(&mut world, subject, "notes", "create_note"))
        .collect();
    records[0].run = Some(RunId::MAX);
    records[0].trace_id = Some("0af7651916cd43dd8448eb211c80319c".to_owned());
    place.store.append(&records).await.unwrap();

    let columns = "timestamp, user_id, email, actor_kind, owner_id, owner_email, organization_id, server, tool, \
        method, decision, reason, run_id, trace_id, decision_id";
    let moment = if place.is_sqlite() {
        "timestamp"
    } else {
        "to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    };
    let columns = columns.replacen("timestamp", moment, 1);
    let rows =
        place.sql(&format!("select {columns} from mcp_audit_log order by timestamp, decision_id")).await;
    let at = |record: &Record| record.at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let row = |record: &Record, who: &str, rest: &str, run: &str| {
        let organization = world.organization;
        format!("{}|{who}|{organization}|notes|create_note|tools/call|{rest}|{run}|{}", at(record), record.id)
    };
    let agent = format!("{}||agent|{}|ben.okafor@northwind.example", calls.agent, calls.ben);
    let robot = format!("{}||robot||", calls.robot);
    let run = format!("{}|0af7651916cd43dd8448eb211c80319c", RunId::MAX);
    let tail = &rows[rows.len() - 3..];
    assert_eq!(tail[0], row(&records[0], &agent, "allow|granted", &run));
    assert_eq!(tail[1], row(&records[1], &robot, "deny|not_a_member", "|"));
    assert_eq!(tail[2], row(&records[2], "||||", "deny|credential_unknown", "|"));
    let people =
        place.sql("select distinct user_id, email from mcp_audit_log where actor_kind = 'user'").await;
    assert_eq!(people, [format!("{}|maya.chen@northwind.example", world.boss)]);
}

pub(crate) async fn moments_keep_their_microseconds(place: &Place) {
    let mut world = World::create(&place.store, 48, "northwind").await;
    let calls = prepare(&mut world).await;
    for at in ["1970-01-01T00:00:00.000001Z", "2026-11-03T14:00:00.123456Z", "9999-12-31T23:59:59.999999Z"] {
        let at: Timestamp = at.parse().unwrap();
        let mut record = calls.call(&mut world, calls.key, "notes", "create_note");
        record.at = at + TimeDelta::nanoseconds(999);
        place.store.append(std::slice::from_ref(&record)).await.unwrap();
        let stored = place.store.decision(world.organization, record.id).await.unwrap().unwrap();
        assert_eq!(stored.at, at);
        let filter = DecisionFilter {
            from: Some(at),
            until: Some(at + TimeDelta::microseconds(1)),
            ..Default::default()
        };
        let found = place.store.decisions(world.organization, &filter, Page::first(9)).await.unwrap();
        assert_eq!(found.iter().map(|decision| decision.id).collect::<Vec<_>>(), [record.id]);

        let mut key = world.key_fact(Holder::User(world.boss));
        key.expires_at = at + TimeDelta::nanoseconds(999);
        let changes = world.write(&[Edit::create(key.clone())]).await.unwrap();
        let facts = place.store.load(world.organization).await.unwrap().unwrap();
        assert_eq!(facts.key(key.id).unwrap().expires_at, at);
        assert_eq!(changes[0].at.timestamp_subsec_nanos() % 1_000, 0);
        let read = place.store.changes_after(world.organization, Revision(0), 1_000).await.unwrap();
        assert_eq!(read.last(), changes.last());
    }
}
