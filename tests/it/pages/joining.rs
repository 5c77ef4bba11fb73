//! How people come: by signing up where the operator lets them, and by an invitation, through the forms alone.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::answerable::Program;
use testkit::process::eventually;

use super::visitor::{Page, Visitor};
use super::{Clerk, signed_in};
use crate::sign_in::rewrite;
use crate::world::{Own, Scene, World, text, unique};

/// Letters are looked for every two seconds.
const SOON: Duration = Duration::from_secs(30);

const OVER: &str = "This invitation is over";

/// Makes an invitation by the form, and gives back the path of its link and what else the page said.
async fn invite(admin: &mut Visitor, world: &World, fields: &[(&str, &str)]) -> (String, Page) {
    let at = format!("/o/{}/people/invite", world.organization);
    let form = admin.open(&at).await.answers(200);
    let shown = admin.send(&form, &at, fields).await.answers(200).says("Save this link now");
    let link = shown.between("<output", "</output>");
    let (_, secret) = link.split_once("/invitations/").unwrap_or_else(|| panic!("no link: {link}"));
    (format!("/invitations/{secret}"), shown)
}

/// The open members of a name.
async fn named(world: &World, name: &str) -> Vec<Value> {
    world.list("members").await.into_iter().filter(|member| member["name"] == name).collect()
}

#[tokio::test]
async fn an_invitation_by_a_link_lets_one_person_in_once() {
    let world = World::shared().await.neighbour().await;
    let mut admin = signed_in::admin(&world).await;
    let (link, shown) = invite(&mut admin, &world, &[("role", "auditor")]).await;
    shown.says("Send it to the person yourself");
    let list = format!("/o/{}/people/invitations", world.organization);
    admin.open(&list).await.says("Whoever has the link").says("Waiting").hides(&link);

    let mut newcomer = Visitor::new(world.address);
    let page = newcomer.open(&link).await.answers(200).says("invites you to be an auditor");
    newcomer.send(&page, &link, &[("name", "")]).await.answers(422).says("Enter a name");
    let name = unique("Newcomer");
    let arrived = newcomer.send(&page, &link, &[("name", &name)]).await.answers(200);
    assert_eq!(arrived.path, "/account", "they make themselves a passkey next");
    let members = named(&world, &name).await;
    assert_eq!(members.iter().map(|member| text(member, "role")).collect::<Vec<_>>(), ["auditor"]);

    // Used twice, by them or by somebody else, it is over, and nobody comes.
    let before = world.list("members").await.len();
    let mut late = Visitor::new(world.address);
    late.open(&link).await.answers(410).says(OVER);
    late.send(&page, &link, &[("name", "Late")]).await.answers(410).says(OVER);
    newcomer.send(&page, &link, &[]).await.answers(410).says(OVER);
    assert_eq!(world.list("members").await.len(), before);
    admin.open(&list).await.says("Came").says(&name);
}

/// A guest sees only where they were invited to, so they are invited to somewhere.
#[tokio::test]
async fn a_guest_starts_in_the_workspaces_of_the_invitation() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let (_, elsewhere) = world.workspace().await;
    let mut admin = signed_in::admin(&world).await;
    let at = format!("/o/{}/people/invite", world.organization);
    let form = admin.open(&at).await.answers(200).says("Workspaces they start in");
    let nowhere = "00000000-0000-7000-8000-000000000000";
    for (wrong, says) in [
        ([("workspaces", scene.workspace.as_str()), ("as", "")], "Choose the role that they hold"),
        ([("workspaces", ""), ("as", scene.role.as_str())], "Choose the workspaces in which"),
        ([("workspaces", nowhere), ("as", scene.role.as_str())], "no longer there"),
    ] {
        let fields = [&[("role", "guest")], wrong.as_slice()].concat();
        let again = admin.send(&form, &at, &fields).await.answers(422).says(says);
        assert!(again.text.contains("<title>Error: Invite a person"), "{}", again.text);
        assert!(world.list("member-invitations").await.is_empty());
    }
    let there = [("role", "guest"), ("workspaces", &scene.workspace), ("as", &scene.role)];
    let (link, _) = invite(&mut admin, &world, &there).await;
    let list = format!("/o/{}/people/invitations", world.organization);
    admin.open(&list).await.says(&scene.workspace_slug);

    let mut newcomer = Visitor::new(world.address);
    let page = newcomer.open(&link).await.answers(200);
    newcomer.send(&page, &link, &[("name", &unique("Guest"))]).await.answers(200);
    let seen = newcomer.open(&format!("/o/{}/workspaces", world.organization)).await.answers(200);
    seen.says(&scene.workspace_slug).hides(&elsewhere);
}

/// Who is a member already stays what they are, and does not use the invitation up: whom it was meant for still comes.
#[tokio::test]
async fn the_wrong_person_does_not_use_an_invitation_up() {
    let world = World::shared().await.neighbour().await;
    let mut admin = signed_in::admin(&world).await;
    let (link, _) = invite(&mut admin, &world, &[("role", "admin")]).await;
    let id = world.person(&unique("Member")).await;
    let mut member = signed_in::member(&world, &id).await;
    let page = member.open(&link).await.answers(200);
    member.send(&page, &link, &[]).await.says("You are a member here already");
    assert_eq!(text(&world.get(&format!("members/{id}")).await, "role"), "member");

    // A stranger with a link that was altered, or of another organization with this one's end, is nobody.
    let secret = link.rsplit('/').next().expect("a secret");
    let altered = format!("/invitations/{}x{}", &secret[..40], &secret[41..]);
    Visitor::new(world.address).open(&altered).await.answers(410).says(OVER);

    // Somebody of another organization comes as themselves, and is in both.
    let other = World::shared().await.neighbour().await;
    let mut elsewhere = signed_in::admin(&other).await;
    let page = elsewhere.open(&link).await.answers(200).says("Join as");
    let joined = elsewhere.send(&page, &link, &[]).await;
    assert!(joined.status == 200 || joined.status == 404, "{}", joined.text);
    elsewhere.open(&format!("/o/{}", other.organization)).await.answers(200);
    Visitor::new(world.address).open(&link).await.answers(410);
}

#[tokio::test]
async fn an_invitation_that_is_taken_back_leads_nowhere() {
    let world = World::shared().await.neighbour().await;
    let mut admin = signed_in::admin(&world).await;
    let (link, _) = invite(&mut admin, &world, &[("role", "guest")]).await;
    let list = format!("/o/{}/people/invitations", world.organization);
    let page = admin.open(&list).await;
    admin.send(&page, &format!("{list}/"), &[]).await.says("It is taken back").says("Taken back");
    Visitor::new(world.address).open(&link).await.answers(410).says(OVER);
    let again = admin.send(&page, &format!("{list}/"), &[]).await.answers(200);
    assert!(again.has("withdrawn"), "{}", again.text);
}

#[tokio::test]
async fn an_invitation_by_mail_is_in_the_letter_and_works_once() {
    let own = Own::start().await;
    let world = &own.world;
    let mut admin = signed_in::admin(world).await;
    let address = "newcomer@northwind.example";
    let form = admin.open(&format!("/o/{}/people/invite", world.organization)).await;
    let wrong = [("role", "member"), ("email", "no address")];
    admin.send(&form, &form.path, &wrong).await.answers(422).says("no address");
    let (shown, page) = invite(&mut admin, world, &[("role", "member"), ("email", address)]).await;
    page.says("It is on its way by mail too");
    let letters = own.data.path().join("mail");
    let letter = async || {
        let mut files = std::fs::read_dir(&letters).ok()?.filter_map(Result::ok);
        let text = files.find_map(|file| std::fs::read_to_string(file.path()).ok())?;
        text.contains("/invitations/").then_some(text)
    };
    let letter = eventually("the letter is there", SOON, letter).await;
    assert!(letter.contains(&format!("To: {address}")) && letter.contains("invites you to join"), "{letter}");
    let (_, rest) = letter.split_once("/invitations/").expect("a link");
    let link = format!("/invitations/{}", rest.split_whitespace().next().expect("a secret"));
    assert_eq!(link, shown, "the same link");

    let mut newcomer = Visitor::new(world.address);
    let page = newcomer.open(&link).await.answers(200);
    newcomer.send(&page, &link, &[("name", "Newcomer")]).await.answers(200);
    let members = named(world, "Newcomer").await;
    assert_eq!(members[0]["email"], address);
    newcomer.open(&link).await.answers(410);
}

/// An invitation whose time is over lets nobody in, whoever has opened its page before; it says so to both sides, by page and
/// by API, and can still be taken back.
#[tokio::test]
async fn an_invitation_whose_time_is_over_lets_nobody_in() {
    let own = Own::start().await;
    let mut admin = signed_in::admin(&own.world).await;
    let (link, _) = invite(&mut admin, &own.world, &[("role", "member")]).await;
    let page = Visitor::new(own.world.address).open(&link).await.answers(200);
    rewrite(&own, "update member_invitations set ends_at = created_at");
    // A process holds what it has read; another reads what is there now.
    let settings = [
        ("ANSWERABLE_DATABASE__URL", own.world.database.as_str()),
        ("ANSWERABLE_ENFORCEMENT__NODE_NAME", "node-2"),
    ];
    let later = Program::serve(&settings);
    let world = own.world.moved_to(later.address).await;
    let before = world.list("members").await.len();

    let mut late = Visitor::new(world.address);
    late.open(&link).await.answers(410).says(OVER);
    late.send(&page, &link, &[("name", "Late")]).await.answers(410).says(OVER);
    let mut owner = signed_in::admin(&world).await;
    owner.open(&link).await.answers(410).says(OVER);
    assert_eq!(world.list("members").await.len(), before);

    let list = format!("/o/{}/people/invitations", world.organization);
    owner.open(&list).await.says("Too late").hides("Waiting").hides("Take back");
    assert!(world.list("member-invitations?state=pending").await.is_empty());
    let over = world.list("member-invitations?state=expired").await;
    let id = text(&over[0], "id");
    assert_eq!((over.len(), over[0]["state"].as_str()), (1, Some("expired")));
    assert_eq!(text(&world.get(&format!("member-invitations/{id}")).await, "state"), "expired");
    let taken = world.post(&format!("member-invitations/{id}/withdraw"), &json!({"reason": "late"})).await;
    assert_eq!(text(&taken, "state"), "withdrawn", "nothing is left to wonder about");
    late.open(&link).await.answers(410).says(OVER);
}

#[tokio::test]
async fn who_may_invite_nobody_finds_no_way_to() {
    let world = World::shared().await.neighbour().await;
    let member = Clerk::of(&world, &world.person(&unique("Member")).await).await;
    assert_eq!(member.get("people/invite").await.status, 403);
    assert_eq!(
        member.post("people/invite", &[("role", "owner"), ("days", "7")]).await.status,
        422,
        "no slip"
    );
    assert_eq!(member.get("people/invitations").await.status, 403);
    assert!(world.list("member-invitations").await.is_empty());
    let admin = Clerk::of(&world, &world.person_as(&unique("Admin"), "admin").await).await;
    let form = admin.page("people/invite").await;
    assert!(!form.contains("value=\"owner\""), "nobody invites above themselves: {form}");
}

#[tokio::test]
async fn anybody_begins_an_organization_where_the_operator_lets_them() {
    let own = Own::start_with(&[("ANSWERABLE_ORGANIZATIONS__SIGN_UP", "open")]).await;
    let mut founder = Visitor::new(own.world.address);
    let form = founder.open("/sign-up").await.answers(200);
    founder.send(&form, "/sign-up", &[("organization", ""), ("slug", "x y")]).await.answers(422);
    let taken = [("organization", "Other"), ("slug", own.world.organization.as_str()), ("name", "Maya")];
    founder.send(&form, "/sign-up", &taken).await.answers(422).says("this one is taken");
    let fields = [("organization", "Contoso"), ("slug", "contoso"), ("name", "Maya")];
    let there = founder.send(&form, "/sign-up", &fields).await.answers(200);
    assert_eq!(there.path, "/account");
    founder.open("/o/contoso").await.answers(200);
    // It is theirs alone, and the other's is none of theirs.
    let foreign = format!("/o/{}", own.world.organization);
    founder.open(&foreign).await.answers(404);
    signed_in::admin(&own.world).await.open("/o/contoso").await.answers(404);

    // Who is signed in begins another as themselves.
    let form = founder.open("/sign-up").await.says("Maya");
    let more = founder.send(&form, "/sign-up", &[("organization", "Second"), ("slug", "second")]).await;
    assert_eq!((more.status, more.path.as_str()), (200, "/o/second"));
}

#[tokio::test]
async fn by_invitation_only_is_how_it_is_unless_the_operator_says_otherwise() {
    let world = World::shared().await;
    let mut stranger = Visitor::new(world.address);
    stranger.open("/sign-up").await.answers(404);
    let fields = [("organization", "Contoso"), ("slug", "contoso"), ("name", "Maya")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    stranger.post("/sign-up".to_owned(), fields.to_vec()).await.answers(404);
}
