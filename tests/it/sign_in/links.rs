//! One-time links: once, for a while, for whoever presses the button.

use super::person::{Person, form, sign_in_link};
use super::{of, program, rewrite};
use crate::world::{unique, with};

#[tokio::test]
async fn a_link_signs_in_once_and_looking_does_not_use_it() {
    let world = &program().await.world;
    let name = unique("Linked");
    let id = world.person_as(&name, "member").await;
    let link = sign_in_link(world, &id);
    let mut person = Person::stranger(world.address);
    for _ in 0..3 {
        assert!(person.page(&link).await.contains(&name), "who is signed in by it");
    }
    assert_eq!(person.session(), None, "looking signs nobody in");
    assert_eq!(person.send(&link, &[]).await.status, 303);

    let mut second = Person::stranger(world.address);
    assert_eq!(second.get(&link).await.status, 410);
    let answer = second.send(&link, &[]).await;
    assert_eq!(answer.status, 410, "{}", answer.text());
    assert_eq!(second.session(), None);
}

/// Of many who press it at the same moment, one is signed in.
#[tokio::test]
async fn a_link_that_is_pressed_by_many_together_signs_in_one() {
    let world = &program().await.world;
    let id = world.person_as(&unique("Linked"), "member").await;
    let link = sign_in_link(world, &id);
    let pressing: Vec<_> = (0..8)
        .map(|_| {
            let (mut person, link) = (Person::stranger(world.address), link.clone());
            tokio::spawn(async move { person.send(&link, &[]).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for one in pressing {
        statuses.push(one.await.expect("it ends"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 410).count(), 7, "{statuses:?}");
}

#[tokio::test]
async fn a_link_is_over_when_its_time_is_its_person_is_gone_or_it_never_was() {
    let own = program().await;
    let world = &own.world;
    let id = world.person_as(&unique("Linked"), "member").await;
    let late = sign_in_link(world, &id);
    rewrite(own, &format!("update sign_in_links set ends_at = ends_at - 900000000 where {}", of(&id)));
    let mut person = Person::stranger(world.address);
    assert_eq!(person.send(&late, &[]).await.status, 410, "a quarter of an hour later");

    let link = sign_in_link(world, &id);
    world.post(&format!("members/{id}/suspend"), &serde_json::json!({"reason": "leaving"})).await;
    assert_eq!(person.send(&link, &[]).await.status, 410, "who is deactivated");
    let refused = with(&world.database)
        .args(["admin", "sign-in-link", "--org", &world.organization, "--user", &id])
        .output()
        .expect("the program");
    assert!(!refused.status.success(), "nor is another made for them");

    for made_up in ["x", &"A".repeat(43), "%00", "..%2F..%2Faccount"] {
        let answer = person
            .exchange(form(&format!("/sign-in/link/{made_up}"), &[]).header("sec-fetch-site", "same-origin"))
            .await;
        assert_eq!(answer.status, 410, "{made_up}: {}", answer.text());
    }
    assert_eq!(person.session(), None);
}
