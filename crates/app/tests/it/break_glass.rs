//! Coming in past a provider: only one that is demanded, and of several organizations the one that somebody wants into.

use app::accounts::{NewTotp, Shown};
use app::directory::people::{self, Told};
use app::member_invitations::{NewMemberInvitation, Newcomer};
use app::members::{Who, add, remove, set_role, suspend};
use app::sessions::{Browser, Opened};
use model::{ConnectionState, OrganizationId, OrganizationRole, Origin, UserId};
use totp_rs::{Builder, Secret};
use zeroize::Zeroizing;

use crate::directory::{Connected, told};
use crate::harness::{House, Refused, by, connect, found, refusal};

const LOGIN: &str = "maya@northwind.example";
const PASSWORD: &str = "violet kettle nine drums";

/// Gives somebody a password and an authenticator; their recovery codes.
async fn can_sign_in(house: &House, user: UserId) -> Vec<Zeroizing<String>> {
    can_sign_in_as(house, user, LOGIN).await
}

async fn can_sign_in_as(house: &House, user: UserId, login: &str) -> Vec<Zeroizing<String>> {
    let app = &house.app;
    app.set_password(user, login, Zeroizing::new(PASSWORD.to_owned())).await.unwrap();
    let NewTotp { seed, .. } = app.new_totp(user, login).await.unwrap();
    let secret = Secret::try_from_base32(seed.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(house.clock.now().timestamp()).unwrap();
    assert!(app.confirm_totp(user, &totp.generate(now).to_string()).await.unwrap());
    app.new_recovery_codes(user).await.unwrap().0
}

async fn sign_in(house: &House, code: &Zeroizing<String>, next: &str) -> Opened {
    let shown = Shown {
        login: LOGIN.to_owned(),
        password: Zeroizing::new(PASSWORD.to_owned()),
        code: code.clone(),
        next: next.to_owned(),
    };
    house.app.sign_in_by_password(shown, Browser::default(), None).await.unwrap()
}

fn honoured(opened: &Opened) -> Option<OrganizationId> {
    match opened.session.origin {
        Origin::Local { honoured_by } => honoured_by,
        Origin::Connection { .. } => panic!("a local sign-in"),
    }
}

#[tokio::test]
async fn a_session_is_honoured_past_the_provider_of_the_organization_that_somebody_wants_into() {
    let house = House::new().await;
    let (app, maya, northwind) = (&house.app, house.owner, house.organization);
    let codes = can_sign_in(&house, maya).await;
    let (contoso, jonas, _) = found(app, "contoso", "Jonas Weber").await;
    let invited = NewMemberInvitation {
        email: None,
        role: OrganizationRole::Admin,
        places: Vec::new(),
        days: None,
        accepts_identity: false,
    };
    let link = app.invite_member(by(jonas, contoso), invited, "http://127.0.0.1:8400").await.unwrap();
    app.accept_invitation(&link.value.token, Newcomer::Known(maya), None).await.unwrap();
    app.add_break_glass(by(maya, northwind), maya).await.unwrap();
    app.add_break_glass(by(jonas, contoso), maya).await.unwrap();

    // While no provider is demanded there is nothing to come in past.
    let early = sign_in(&house, &codes[0], "/o/northwind").await;
    assert_eq!(honoured(&early), None);
    connect(&house, maya, northwind, ConnectionState::Enforced).await;
    assert!(app.place(&early.session, "northwind").await.unwrap().is_none(), "nor is it honoured afterwards");
    assert!(app.place(&early.session, "contoso").await.unwrap().is_some());
    assert_eq!(
        honoured(&sign_in(&house, &codes[1], "/o/contoso").await),
        Some(northwind),
        "the one that demands"
    );

    connect(&house, jonas, contoso, ConnectionState::Enforced).await;
    for (code, next, expected) in [
        (&codes[2], "/o/contoso/agents?state=live", contoso),
        (&codes[3], "/o/contoso", contoso),
        (&codes[4], "/o/northwind", northwind),
    ] {
        let opened = sign_in(&house, code, next).await;
        assert_eq!(honoured(&opened), Some(expected), "{next}");
        assert!(app.place(&opened.session, &expected.to_string()).await.unwrap().is_some());
    }
    assert!(honoured(&sign_in(&house, &codes[5], "").await).is_some(), "wherever they want");
}

#[tokio::test]
async fn who_has_no_way_to_sign_in_is_not_named_and_the_last_is_not_taken_back() {
    let house = House::new().await;
    let (app, maya) = (&house.app, house.owner);
    assert_eq!(
        refusal(app.add_break_glass(house.by(maya), maya).await),
        Refused::Invalid(vec!["user".to_owned()])
    );
    can_sign_in(&house, maya).await;
    assert_eq!(refusal(app.remove_break_glass(house.by(maya), maya).await), Refused::NotFound);
    app.add_break_glass(house.by(maya), maya).await.unwrap();
    app.add_break_glass(house.by(maya), maya).await.expect("who is named already is named");
    app.remove_break_glass(house.by(maya), maya).await.expect("while no provider is demanded");

    app.add_break_glass(house.by(maya), maya).await.unwrap();
    connect(&house, maya, house.organization, ConnectionState::Enforced).await;
    let refused = refusal(app.remove_break_glass(house.by(maya), maya).await);
    assert_eq!(refused, Refused::Conflict("no_break_glass"));
    assert!(app.remove_password(maya).await.is_err(), "nor is what it rests on");
}

/// S8: nobody takes away what the last who could mend things is, until there is somebody else.
#[tokio::test]
async fn the_last_way_past_a_provider_is_not_lost_with_a_membership() {
    let house = House::new().await;
    let (app, maya) = (&house.app, house.owner);
    let new = Who::New { name: "Jonas Weber".parse().unwrap(), email: None };
    let jonas = house.run(maya, |p| add(p, new, OrganizationRole::Owner)).await.unwrap().value.user;
    let connection = connect(&house, maya, house.organization, ConnectionState::Tested).await;
    let demanding = app.enforce_connection(house.by(maya), connection.id, "everybody by it").await;
    assert_eq!(refusal(demanding), Refused::Conflict("no_break_glass"));
    can_sign_in(&house, maya).await;
    app.add_break_glass(house.by(maya), maya).await.unwrap();
    app.enforce_connection(house.by(maya), connection.id, "everybody by it").await.unwrap();

    for refused in [
        refusal(house.run(jonas, |p| suspend(p, maya, "leaving")).await),
        refusal(house.run(jonas, |p| remove(p, maya, "leaving")).await),
        refusal(house.run(jonas, |p| set_role(p, maya, OrganizationRole::Member)).await),
    ] {
        assert_eq!(refused, Refused::Conflict("no_break_glass"));
    }
    assert_eq!(app.store.break_glass_of(house.organization).await.unwrap(), [maya], "nothing is half done");

    can_sign_in_as(&house, jonas, "jonas@northwind.example").await;
    app.add_break_glass(house.by(maya), jonas).await.unwrap();
    house.run(jonas, |p| set_role(p, maya, OrganizationRole::Member)).await.expect("somebody else is there");
    let last = refusal(app.remove_break_glass(house.by(jonas), jonas).await);
    assert_eq!(last, Refused::Conflict("no_break_glass"), "a member could mend nothing");
}

/// S8: the directory would only say it again, so it goes through; everybody who administers the organization is told.
#[tokio::test]
async fn a_directory_that_takes_the_last_way_past_a_provider_raises_an_alarm() {
    let connected = Connected::new().await;
    let house = &connected.office.house;
    let new = Who::New { name: "Ann".parse().unwrap(), email: Some("ann@northwind.example".to_owned()) };
    house.run(house.owner, |p| add(p, new, OrganizationRole::Admin)).await.unwrap();
    let ada = connected.brought("Ada").await;
    house.run(house.owner, |p| set_role(p, ada, OrganizationRole::Admin)).await.unwrap();
    can_sign_in(house, ada).await;
    house.app.add_break_glass(house.by(house.owner), ada).await.unwrap();
    connect(house, house.owner, house.organization, ConnectionState::Enforced).await;

    let off = Told { active: false, ..told("Ada") };
    connected.run(|p| people::replace(p, ada, off)).await.expect("deactivated");
    assert!(!house.facts().member(ada).unwrap().is_active());
    let letters = house.app.store.due_letters(house.clock.now(), 10).await.unwrap();
    let letters: Vec<_> = letters.iter().filter_map(|due| due.letter.as_ref()).collect();
    let told = letters.iter().find(|letter| letter.to == "ann@northwind.example").expect("a letter");
    assert!(told.subject.contains("No break-glass account is left"), "{told:?}");
    assert!(told.text.contains("Ada") && told.text.contains("/settings/sign-in/break-glass"), "{told:?}");
    assert!(!letters.iter().any(|letter| letter.to == "ada@northwind.example"), "{letters:?}");
}
