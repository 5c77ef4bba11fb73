//! People at a real browser.

use testkit::browser::{Browser, Seat, Tab, button};
use testkit::process::run;

use super::stage::Stage;
use crate::world::{World, text, with};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// The organization's first owner.
    Owner,
    /// A member who answers for agents.
    Member,
    /// Somebody who reads everything and changes nothing.
    Auditor,
    /// Somebody who is not signed in.
    Nobody,
}

impl Who {
    /// A tab at which they sit, on the stage.
    pub(crate) async fn at(self, stage: &Stage, seat: Seat) -> Tab {
        let user = match self {
            Self::Owner => &stage.ids["owner"],
            Self::Member => &stage.ids["person"],
            Self::Auditor => &stage.ids["auditor"],
            Self::Nobody => return Browser::shared().open(&stage.url(), seat).await,
        };
        signed_in(&stage.world, user, seat).await
    }
}

/// A tab in which a person of the organization is signed in, by a link of the operator's that they opened themselves.
pub(crate) async fn signed_in(world: &World, user: &str, seat: Seat) -> Tab {
    let tab = Browser::shared().open(&format!("http://{}", world.address), seat).await;
    sign_in(&tab, world, user).await;
    tab
}

/// Signs a person in at a tab.
pub(crate) async fn sign_in(tab: &Tab, world: &World, user: &str) {
    tab.go(&link_for(world, user)).await.answers(200).says("Sign in");
    tab.click(button("Sign in")).await.at("/o/");
}

/// A link that signs a person in, made by the operator.
pub(crate) fn link_for(world: &World, user: &str) -> String {
    let mut command = with(&world.database);
    command.args(["admin", "sign-in-link", "--org", &world.organization, "--user", user]);
    let printed = run(&mut command);
    let link = printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SIGN_IN_LINK="));
    let link = link.unwrap_or_else(|| panic!("no link in {printed}"));
    link[link.find("/sign-in/").expect("a path")..].to_owned()
}

/// The organization's first owner, at a tab.
pub(crate) async fn admin(world: &World, seat: Seat) -> Tab {
    let owners = world.list("members?role=owner").await;
    signed_in(world, &text(&owners[0], "id"), seat).await
}
