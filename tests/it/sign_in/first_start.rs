//! The first start: who reads what the program prints sets up the first organization from a page, and nobody else.

use std::time::Duration;

use testkit::answerable::Program;
use testkit::directory::Directory;
use testkit::http::Request;
use testkit::ports;
use testkit::process::{eventually, run};

use super::person::Person;
use crate::world::{create_organization, with};

const SOON: Duration = Duration::from_secs(20);
const FILLED: [(&str, &str); 4] = [
    ("organization", "Northwind"),
    ("slug", "northwind"),
    ("name", "Maya Chen"),
    ("email", "maya@northwind.example"),
];

/// A program on an empty database.
struct Fresh {
    data: Directory,
    program: Program,
}

impl Fresh {
    fn start() -> Self {
        let data = Directory::new();
        let program = Self::serve(&data);
        Self { data, program }
    }

    fn serve(data: &Directory) -> Program {
        Program::serve_on(
            ports::loopback(ports::free()),
            &[
                ("ANSWERABLE_DATABASE__URL", &database(data)),
                ("ANSWERABLE_SERVER__TRUSTED_PROXIES", "127.0.0.1/32"),
            ],
        )
    }

    /// The path of the link that was printed.
    async fn link(&self) -> String {
        let printed = async || printed(&self.program);
        let link = eventually("a link is printed", SOON, printed).await;
        let start = format!("{}/start/", self.program.url());
        assert!(link.starts_with(&start), "{link}");
        link[self.program.url().len()..].to_owned()
    }
}

fn database(data: &Directory) -> String {
    format!("sqlite://{}?mode=rwc", data.join("answerable.sqlite").display())
}

fn printed(program: &Program) -> Option<String> {
    let text = program.child.stdout();
    let line = text.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SET_UP_LINK="));
    line.map(ToOwned::to_owned)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_installation_is_set_up_from_the_link_it_prints_and_from_nothing_else() {
    let fresh = Fresh::start();
    let link = fresh.link().await;
    assert!(!fresh.program.child.stderr().contains(&link), "the log does not have it");
    let site = fresh.program.address;
    let mut nobody = Person::stranger(site);
    assert_eq!(nobody.get("/sign-up").await.status, 404, "not by signing up");
    assert_eq!(nobody.get("/start/none").await.status, 410);
    assert_eq!(nobody.send("/start/none", &FILLED).await.status, 410);

    let mut maya = Person::stranger(site);
    let page = maya.page(&link).await;
    assert!(page.contains("You begin the first one and own it"), "{page}");
    for (field, wrong, says) in [
        ("slug", "North Wind", "slug"),
        ("organization", "", "organization"),
        ("email", "maya", "e-mail address"),
    ] {
        let fields: Vec<_> =
            FILLED.iter().map(|(name, value)| (*name, if *name == field { wrong } else { *value })).collect();
        let answer = maya.send(&link, &fields).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.text().contains(says) && answer.text().contains("Maya Chen"), "{}", answer.text());
    }
    let answer = maya.send(&link, &FILLED).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/account")), "{}", answer.text());
    assert!(maya.page("/o/northwind").await.contains("Maya Chen"), "its owner is in");
    maya.set_password().await;

    // Used, it is over, and so is any other; a further start prints none.
    assert_eq!(nobody.get(&link).await.status, 410);
    assert_eq!(nobody.send(&link, &FILLED).await.status, 410);
    let Fresh { data, program } = fresh;
    drop(program);
    let again = Fresh::serve(&data);
    let ready = async || {
        let answer = Request::get("/readyz").try_send(again.address).await;
        answer.is_ok_and(|answer| answer.status == 200).then_some(())
    };
    eventually("the program is ready", SOON, ready).await;
    assert_eq!(printed(&again), None);
    let listed =
        tokio::task::spawn_blocking(move || run(with(&database(&data)).args(["admin", "list"]))).await;
    assert_eq!(listed.expect("it ends").lines().count(), 1);
}

/// Whoever presses the button of one link, or of two, together: there is one organization.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_set_it_up_at_the_same_moment_begin_one_organization() {
    let fresh = Fresh::start();
    let link = fresh.link().await;
    let site = fresh.program.address;
    let founding: Vec<_> = (0..6)
        .map(|number| {
            let link = link.clone();
            tokio::spawn(async move {
                let slug = format!("northwind-{number}");
                let fields = [("organization", "Northwind"), ("slug", slug.as_str()), ("name", "Maya Chen")];
                Person::stranger(site).send(&link, &fields).await.status
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for one in founding {
        statuses.push(one.await.expect("it ends"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 410).count(), 5, "{statuses:?}");
}

/// A link does not outlive the need for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_over_once_the_operator_has_made_an_organization() {
    let fresh = Fresh::start();
    let link = fresh.link().await;
    let url = database(&fresh.data);
    tokio::task::spawn_blocking(move || create_organization(&url, "contoso")).await.expect("it ends");
    let mut late = Person::stranger(fresh.program.address);
    assert_eq!(late.get(&link).await.status, 410);
    assert_eq!(late.send(&link, &FILLED).await.status, 410);
    assert_eq!(late.session(), None);
}
