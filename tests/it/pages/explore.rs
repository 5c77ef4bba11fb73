//! The three questions about access, at a browser without a script.

use serde_json::json;

use super::signed_in::{admin, auditor, guest, member};
use crate::world::{Own, Scene, World, unique};

#[tokio::test]
async fn it_is_told_why_and_what_to_do_next() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut admin = admin(world).await;
    let ask = format!("/o/{}/explore", world.organization);
    let agent = &scene.acting.agent;
    let question = |tool: &str| format!("{ask}?who=agent:{agent}&server={}&tool={tool}", scene.server);
    let yes = admin.open(&question("search_notes")).await.answers(200);
    let yes =
        yes.says(&format!("Yes. {} may use search_notes", scene.acting.agent_name)).says("Open the grant of");
    yes.says("/access/why?principal=").says("See past denials");
    let no = admin.open(&question("delete_note")).await.says("No. ").says("stops here");
    no.says("Change its scope").says(&format!("/agents/{agent}/scope"));
    let no = admin.open(&question("create_note")).await.says("No role gives access to this.");
    no.says("Grant it to a role").says(&format!("/servers/{}/grants", scene.server));
    // Who may not mend it is told who can.
    let mut owner = member(world, &scene.acting.owner).await;
    let told = owner.open(&question("create_note")).await.says("An administrator can grant it to a role.");
    assert!(!told.text.contains("/grants\""), "{}", told.text);
    owner.open(&question("delete_note")).await.says("Change its scope");
    for wrong in
        ["?who=agent:x", "?who=nobody&server=x&tool=y", "?server=x", "?tool=%3Cx-y%3E", "?who=%22&tool=%00"]
    {
        let page = admin.open(&format!("{ask}{wrong}")).await.answers(200);
        assert!(!page.text.contains("<x-y>"), "{}", page.text);
    }
}

#[tokio::test]
async fn every_way_is_told_and_the_one_that_comes_nearest_is_first() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    // The same server in a second workspace, by another role.
    let (second, _) = world.workspace().await;
    world.attach(&scene.server_id, &second).await;
    let role = world.role(&[(&scene.server_id, "create_*", json!([]))]).await;
    world.join(&second, &scene.acting.owner, &role).await;
    let mut admin = admin(world).await;
    let question = format!(
        "/o/{}/explore?who=agent:{}&server={}&tool=create_note",
        world.organization, scene.acting.agent, scene.server
    );
    let page = admin.open(&question).await.says("Only where the call says in which workspace.");
    let page = page.says("2 ways lead there");
    let first = page.between("<details class=\"way\"", "</details>");
    assert!(first.contains("Allowed") && first.contains("create_*"), "{first}");
    let path =
        format!("access/why?principal={}&server={}&tool=create_note", scene.acting.agent, scene.server);
    let answer = world.get(&path).await;
    let ways = answer["ways"].as_array().expect("ways");
    assert_eq!(
        (ways.len(), &ways[0]["decision"], &ways[1]["decision"]),
        (2, &json!("allow"), &json!("deny"))
    );
}

#[tokio::test]
async fn questions_to_begin_with_come_from_what_happened() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    scene.check("create_note", &json!({})).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let page = owner.open(&format!("/o/{}/explore", world.organization)).await.says("For example");
    page.says(&format!("May {} use create_note", scene.acting.agent_name));
}

#[tokio::test]
async fn the_other_questions_begin_with_examples_that_have_answers() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    scene.check("search_notes", &json!({})).await;
    // What is asked for and is not there is no example: nobody may do it, and the question would have no answer.
    scene.check("no_such_tool", &json!({})).await;
    let mut admin = admin(&world).await;
    for (page, example, answer) in [
        ("who", "Who may use search_notes on".to_owned(), "may use search_notes.".to_owned()),
        (
            "what",
            format!("What may {} use?", scene.acting.agent_name),
            format!("{} may use", scene.acting.agent_name),
        ),
    ] {
        let there = format!("/o/{}/explore/{page}", world.organization);
        let asked = admin.open(&there).await.answers(200).says("For example").says(&example);
        let asked = asked.hides("no_such_tool");
        let link = asked.between("id=\"examples\"", &example);
        let (_, link) = link.rsplit_once("href=\"").expect("a link");
        let link = link.split('"').next().expect("an address");
        let link = link.replace("&#38;", "&").replace("&amp;", "&");
        admin.open(&link).await.answers(200).says(&answer).hides("For example");
    }
    // Who may ask about their own agents alone begins with those.
    let other = scene.bystander().await;
    let mut owner = member(&world, &other.owner).await;
    let page = owner.open(&format!("/o/{}/explore/what", world.organization)).await.answers(200);
    let page = page.says(&format!("What may {} use?", other.agent_name));
    page.hides(&format!("What may {} use?", scene.acting.agent_name));
}

#[tokio::test]
async fn who_may_do_it_is_drawn_listed_and_a_file() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let other = scene.bystander().await;
    let (robot, _) = scene.robot().await;
    let odd = unique("<u>Odd</u>");
    world.patch(&format!("agents/{}", other.agent), &json!({"name": odd})).await;
    let mut auditor = auditor(world).await;
    let page = format!("/o/{}/explore/who", world.organization);
    let question = format!("?server={}&tool=search_notes", scene.server);
    let found = auditor.open(&format!("{page}{question}")).await.answers(200).says("5 may use search_notes.");
    let found = found.says(&scene.acting.agent_name).says(&odd).says(&scene.acting.owner_name).says(&robot);
    assert!(found.text.contains("<svg class=\"graph\"") && !found.text.contains("<u>Odd"), "{}", found.text);
    let file = auditor.open(&format!("{page}.csv{question}")).await.answers(200);
    assert_eq!(file.text.lines().count(), 6, "{}", file.text);
    let holders = world.list(&format!("access/holders?server={}&tool=search_notes", scene.server)).await;
    assert_eq!(holders.len(), 5);
    assert!(holders.iter().any(|held| held["owner"] == json!(other.owner)));
    // The bystander's scope does not reach it; nobody holds it at all.
    auditor
        .open(&format!("{page}?server={}&tool=whoami", scene.server))
        .await
        .says("4 may use whoami.")
        .hides(&odd);
    auditor
        .open(&format!("{page}?server={}&tool=create_note", scene.server))
        .await
        .says("Nobody may use create_note.");
    auditor.open(&format!("{page}?server={}&tool=nothing", scene.server)).await.says("no tool of that name");
    auditor.open(&page).await.answers(200);
    let mut owner = member(world, &scene.acting.owner).await;
    owner.open(&format!("{page}{question}")).await.answers(403).hides(&other.owner_name);
    owner.open(&format!("/o/{}/explore", world.organization)).await.hides("Who may do this?");
}

#[tokio::test]
async fn what_it_may_do_is_told_tool_by_tool() {
    // A world of its own: of many servers a page shows some.
    let own = Own::start().await;
    let world = &own.world;
    let scene = Scene::set(world).await;
    let other = scene.bystander().await;
    let mut owner = member(world, &scene.acting.owner).await;
    let page = format!("/o/{}/explore/what", world.organization);
    let mine = format!("?who=agent:{}", scene.acting.agent);
    let found = owner.open(&format!("{page}{mine}")).await.answers(200).says("may use 3 tools.");
    found.says("search_notes").says("transfer").hides("create_note");
    let all = owner.open(&format!("{page}{mine}&show=all")).await.says("create_note").says("Denied");
    all.says("No role gives access to this.").says("This needs a person on whose behalf the agent acts.");
    let file = owner.open(&format!("{page}.csv{mine}")).await.answers(200);
    assert!(
        file.text.contains("create_note,write,") && file.text.contains(",deny,not_granted,"),
        "{}",
        file.text
    );
    let effects = world.list(&format!("access/effects?principal={}", scene.acting.agent)).await;
    let allowed = effects.iter().filter(|effect| effect["decision"] == "allow").count();
    assert_eq!(allowed, 3);
    // Others' agents are nobody one may ask about.
    let theirs = owner.open(&format!("{page}?who=agent:{}", other.agent)).await;
    theirs.says("You may ask this of yourself and of your own agents.");
    owner.open(&format!("{page}?who=user:{}", scene.acting.owner)).await.answers(200).says("may use");
    guest(world).await.open(&format!("{page}{mine}")).await.hides("search_notes");
}
