//! The sessions of a person in the eyes of an organization: what it may see and end is what opens it, and no more.

use app::members::{Who, add, end_session, end_sessions};
use app::sessions::{Browser, Proven, SignIn};
use chrono::TimeDelta;
use decision::Reason;
use model::{OrganizationId, OrganizationRole, Origin, Proof, Session, SessionId, UserId};

use crate::harness::{House, Refused, by, found, refusal};
use crate::office::Office;

/// Somebody who signed in on this installation, and went into these organizations.
async fn signed_in(house: &House, user: UserId, went_into: &[OrganizationId]) -> Session {
    let who = SignIn {
        user,
        origin: Origin::Local { honoured_by: None },
        proof: Proof::Passkey,
        amr: Vec::new(),
        acr: None,
        authenticated_at: None,
        provider_session: None,
        browser: Browser::default(),
    };
    let session = house.app.sign_in(who, None).await.unwrap().session;
    for organization in went_into {
        house.app.note_visit(&session, *organization).await;
    }
    session
}

/// What an administrator sees: which sessions, and how many minutes ago each was seen there.
async fn seen(
    house: &House,
    admin: UserId,
    organization: OrganizationId,
    user: UserId,
) -> Vec<(SessionId, i64)> {
    let reading = house.app.read(by(admin, organization).caller, organization).await.unwrap();
    let open = house.app.sessions_here(&reading, organization, user).await.unwrap();
    open.iter().map(|open| (open.id, (house.clock.now() - open.last_seen_at).num_minutes())).collect()
}

#[tokio::test]
async fn who_may_not_deactivate_a_person_does_not_sign_them_out_either() {
    let office = Office::new().await;
    let house = &office.house;
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    let member = office.person("Member", OrganizationRole::Member).await;
    let guest = office.person("Guest", OrganizationRole::Guest).await;
    let session = signed_in(house, house.owner, &[house.organization]).await;
    for (user, refused) in [
        (admin, Refused::Denied(Reason::AboveYourRole)),
        (member, Refused::Denied(Reason::RoleTooLow)),
        (guest, Refused::Hidden),
    ] {
        let all = house.run(user, |p| end_sessions(p, house.owner, "")).await;
        assert_eq!(refusal(all), refused);
        let one = house.run(user, |p| end_session(p, house.owner, Some(session.id), "")).await;
        assert_eq!(refusal(one), refused);
        let one = house.app.end_session_here(house.by(user), house.owner, session.id, "").await;
        assert_eq!(refusal(one), refused);
        let reading = house.app.read(house.by(user).caller, house.organization).await.unwrap();
        assert!(house.app.sessions_here(&reading, house.organization, house.owner).await.is_err());
    }
    assert_eq!(seen(house, house.owner, house.organization, house.owner).await, [(session.id, 0)]);
    // A session of somebody else is not one of theirs.
    let wrong = house.app.end_session_here(house.by(house.owner), admin, session.id, "").await;
    assert_eq!(refusal(wrong), Refused::NotFound);
}

#[tokio::test]
async fn an_organization_ends_what_opens_it_and_leaves_the_rest_to_others() {
    let house = House::new().await;
    let (app, here) = (&house.app, house.organization);
    let (there, jonas, _) = found(app, "contoso", "Jonas Weber").await;
    let person = app.person_elsewhere(jonas).await.unwrap();
    let who = Who::Known { user: jonas, person, email: None };
    house.run(house.owner, |p| add(p, who, OrganizationRole::Member)).await.unwrap();
    let both = signed_in(&house, jonas, &[here, there]).await;
    let never_here = signed_in(&house, jonas, &[there]).await;
    house.clock.advance(TimeDelta::minutes(7));
    app.note_visit(&both, there).await;
    assert_eq!(seen(&house, house.owner, here, jonas).await, [(both.id, 7)], "when it was seen here");
    assert_eq!(seen(&house, jonas, there, jonas).await.len(), 2);

    app.end_session_here(house.by(house.owner), jonas, both.id, "a lost laptop").await.unwrap();
    let both =
        app.store.sessions_of(jonas).await.unwrap().into_iter().find(|open| open.id == both.id).unwrap();
    assert!(app.place(&both, "northwind").await.unwrap().is_none());
    assert!(app.ended_in(&both, "northwind").await.unwrap().is_some(), "they are told so");
    assert!(app.place(&both, "contoso").await.unwrap().is_some());
    assert!(app.place(&never_here, "northwind").await.unwrap().is_some());
    let again = app.end_session_here(house.by(house.owner), jonas, both.id, "").await;
    assert_eq!(refusal(again), Refused::NotFound, "it opens the organization no more");

    // To prove anew who they are by this session opens nothing again: it may be another's way of proving.
    let proven = Proven { proof: Proof::Oidc, amr: Vec::new(), acr: None };
    let fresh = app.step_up(both, proven).await.unwrap().unwrap().session;
    assert!(app.place(&fresh, "northwind").await.unwrap().is_none());

    // All at once: what never came here as well.
    house.run(house.owner, |p| end_sessions(p, jonas, "")).await.unwrap();
    for open in app.store.sessions_of(jonas).await.unwrap() {
        assert!(app.place(&open, "northwind").await.unwrap().is_none());
        assert!(app.place(&open, "contoso").await.unwrap().is_some());
    }
    let new = signed_in(&house, jonas, &[here]).await;
    assert!(app.place(&new, "northwind").await.unwrap().is_some(), "signed in again they are back");
}
