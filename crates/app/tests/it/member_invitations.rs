//! People come into an organization by invitation, once, and only as far as whoever invited them could still invite.

use app::member_invitations::{Invited, NewMemberInvitation, Newcomer, withdraw};
use app::members::{remove, set_role};
use app::{Changed, Error};
use chrono::TimeDelta;
use decision::Reason;
use model::{InvitedPlace, Member, OrganizationRole, UserId};

use crate::harness::{House, Refused, found, refusal};
use crate::office::Office;

const SITE: &str = "https://answerable.example";

fn new(role: OrganizationRole) -> NewMemberInvitation {
    NewMemberInvitation { email: None, role, places: Vec::new(), days: None, accepts_identity: false }
}

async fn invite(house: &House, by: UserId, new: NewMemberInvitation) -> Result<Changed<Invited>, Error> {
    house.app.invite_member(house.by(by), new, SITE).await
}

fn somebody(name: &str) -> Newcomer {
    Newcomer::New(name.parse().unwrap())
}

#[tokio::test]
async fn a_link_lets_one_person_in_once_where_it_says() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    let facts = house.facts();
    let workspace = facts.list_workspaces(None).next().unwrap().id;
    let role = facts.list_roles(None).next().unwrap().id;
    let wanted = NewMemberInvitation {
        email: Some("ada@example.com".to_owned()),
        places: vec![InvitedPlace { workspace, role }],
        ..new(OrganizationRole::Member)
    };
    let Invited { invitation, token } = invite(house, owner, wanted).await.unwrap().value;
    let shown = house.app.invitation_behind(&token).await.unwrap();
    assert_eq!(shown.invitation, invitation);

    let letters = house.app.store.due_letters(house.clock.now(), 10).await.unwrap();
    let letter = letters[0].letter.as_ref().unwrap();
    assert_eq!((letters.len(), letter.to.as_str()), (1, "ada@example.com"));
    assert!(letter.text.contains(&format!("{SITE}/invitations/{}", token.as_str())), "{}", letter.text);

    let arrived = house.app.accept_invitation(&token, somebody("Ada Lovelace"), None).await.unwrap().value;
    let facts = house.facts();
    assert_eq!(facts.member(arrived.user).unwrap().role, OrganizationRole::Member);
    assert_eq!(facts.user(arrived.user).unwrap().email.as_deref(), Some("ada@example.com"));
    assert_eq!(facts.roles_held(Member::User(arrived.user), workspace).next().unwrap().1, role);
    let again = house.app.accept_invitation(&token, somebody("Eve"), None).await;
    assert!(matches!(again, Err(Error::NotFound(_))), "a link works once: {again:?}");
    house.settle().await;
}

#[tokio::test]
async fn a_link_that_was_altered_withdrawn_or_is_old_is_none() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    let good = invite(house, owner, new(OrganizationRole::Member)).await.unwrap().value;
    let mut altered = good.token.to_string();
    altered.replace_range(80..81, if altered.as_bytes()[80] == b'A' { "B" } else { "A" });
    for token in ["", "x", altered.as_str()] {
        assert!(house.app.invitation_behind(token).await.is_err(), "{token}");
        assert!(house.app.accept_invitation(token, somebody("Eve"), None).await.is_err(), "{token}");
    }
    house.run(owner, |p| withdraw(p, good.invitation.id, "changed our mind")).await.unwrap();
    assert!(house.app.accept_invitation(&good.token, somebody("Eve"), None).await.is_err(), "withdrawn");
    let old = invite(house, owner, new(OrganizationRole::Member)).await.unwrap().value;
    house.clock.advance(TimeDelta::days(7));
    assert!(
        house.app.accept_invitation(&old.token, somebody("Eve"), None).await.is_err(),
        "its time is over"
    );
}

#[tokio::test]
async fn nobody_invites_above_their_own_role_then_or_later() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    let member = office.person("Member", OrganizationRole::Member).await;
    for (by, role, refused) in [
        (admin, OrganizationRole::Owner, Refused::Denied(Reason::AboveYourRole)),
        (member, OrganizationRole::Guest, Refused::Denied(Reason::RoleTooLow)),
    ] {
        assert_eq!(refusal(invite(house, by, new(role)).await), refused);
    }
    let promised = invite(house, admin, new(OrganizationRole::Admin)).await.unwrap().value;
    house.run(owner, |p| set_role(p, admin, OrganizationRole::Member)).await.unwrap();
    let late = house.app.accept_invitation(&promised.token, somebody("Eve"), None).await;
    assert!(matches!(late, Err(Error::Hidden(_) | Error::Denied(_))), "who invited is no administrator now");

    let second = office.person("Second", OrganizationRole::Admin).await;
    let promised = invite(house, second, new(OrganizationRole::Member)).await.unwrap().value;
    house.run(owner, |p| remove(p, second, "left")).await.unwrap();
    assert!(house.app.invitation_behind(&promised.token).await.is_err(), "it ended with who made it");
    house.settle().await;
}

#[tokio::test]
async fn a_person_of_another_organization_comes_as_themselves() {
    let office = Office::new().await;
    let (house, owner) = (&office.house, office.house.owner);
    let (_, jonas, _) = found(&house.app, "contoso", "Jonas Weber").await;
    let token = invite(house, owner, new(OrganizationRole::Guest)).await.unwrap().value.token;
    let arrived = house.app.accept_invitation(&token, Newcomer::Known(jonas), None).await.unwrap().value;
    assert_eq!((arrived.user, arrived.membership.role), (jonas, OrganizationRole::Guest));
    let token = invite(house, owner, new(OrganizationRole::Owner)).await.unwrap().value.token;
    let twice = house.app.accept_invitation(&token, Newcomer::Known(jonas), None).await;
    assert_eq!(refusal(twice), Refused::Conflict("taken"), "a member is not raised by a link");
}
