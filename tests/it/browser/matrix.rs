//! The matrix of roles and tools at the keyboard: arrows move, Space sets, and the bar counts what differs.

use serde_json::Value;
use testkit::browser::{Seat, Tab, button};

use super::beside_others;
use super::sitting::admin;
use crate::world::{Scene, World};

/// Row and column of the box that has the focus.
const AT: &str = "(() => { const cell = document.activeElement.closest('td'); \
    return [cell.parentElement.rowIndex, cell.cellIndex]; })()";
const USUAL: &str = "Nothing is saved before you have reviewed it.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_is_filled_in_with_the_keyboard() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    world.role(&[]).await;
    let tab = admin(&world, Seat::default()).await;
    tab.go(&format!("/o/{}/servers/{}/grants", world.organization, scene.server)).await.says("Roles × tools");
    assert_eq!(changes(&tab).await, USUAL);

    tab.evaluate("document.querySelector('[data-matrix] input[type=checkbox]:enabled').focus()").await;
    let [row, column] = at(&tab).await;
    tab.press("ArrowUp").await;
    tab.press("ArrowLeft").await;
    assert_eq!(at(&tab).await, [row, column], "the edge is the edge");
    tab.press("ArrowRight").await;
    assert_eq!(at(&tab).await, [row, column + 1]);
    tab.press("ArrowDown").await;
    let [below, beside] = at(&tab).await;
    assert!(below > row && beside == column + 1, "{below} {beside}");
    tab.press("ArrowUp").await;
    tab.press("ArrowLeft").await;
    assert_eq!(at(&tab).await, [row, column], "and back");

    tab.press("Space").await;
    tab.until(&counted("1 change, not saved yet")).await;
    tab.press("ArrowRight").await;
    tab.press("Space").await;
    tab.until(&counted("2 changes, not saved yet")).await;
    // Back as it was, a box does not count.
    tab.press("Space").await;
    tab.until(&counted("1 change, not saved yet")).await;
    tab.press("ArrowLeft").await;
    tab.press("Space").await;
    tab.until(&counted(USUAL)).await;

    tab.press("Space").await;
    tab.until(&counted("1 change, not saved yet")).await;
    tab.click(button("Review the changes")).await.says("Review 1 change");
    assert_eq!(tab.troubles().await, [""; 0]);
}

async fn at(tab: &Tab) -> [u64; 2] {
    let found = tab.evaluate(AT).await;
    [&found[0], &found[1]].map(|number| number.as_u64().unwrap_or_else(|| panic!("not in a cell: {found}")))
}

async fn changes(tab: &Tab) -> Value {
    tab.evaluate("document.querySelector('[data-changes]').textContent").await
}

fn counted(says: &str) -> String {
    format!("document.querySelector('[data-changes]').textContent === '{says}'")
}
