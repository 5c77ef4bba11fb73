//! People who are signed in, by the link that an operator makes for them.

use testkit::process::run;

use super::visitor::Visitor;
use crate::world::{World, text, unique, with};

/// A member, signed in by a link: within five minutes of it, so that nothing asks them to prove themselves again.
pub(crate) async fn member(world: &World, user: &str) -> Visitor {
    let printed = run(with(&world.database).args([
        "admin",
        "sign-in-link",
        "--org",
        &world.organization,
        "--user",
        user,
    ]));
    let link = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SIGN_IN_LINK="));
    let link = link.unwrap_or_else(|| panic!("no link in {printed}"));
    let path = &link[link.find("/sign-in/").expect("a path")..];
    let mut visitor = Visitor::new(world.address);
    let page = visitor.open(path).await.answers(200);
    visitor.send(&page, path, &[]).await.answers(200);
    visitor
}

/// The organization's first owner.
pub(crate) async fn admin(world: &World) -> Visitor {
    let owners = world.list("members?role=owner").await;
    member(world, &text(&owners[0], "id")).await
}

/// An auditor of their own.
pub(crate) async fn auditor(world: &World) -> Visitor {
    let id = world.person_as(&unique("Auditor"), "auditor").await;
    member(world, &id).await
}

/// A guest of their own.
pub(crate) async fn guest(world: &World) -> Visitor {
    let id = world.person_as(&unique("Guest"), "guest").await;
    member(world, &id).await
}
