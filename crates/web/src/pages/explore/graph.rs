//! The picture of who may do something: person or organization, agent, workspace, role, grant, tool, from left to right.

use askama::Template;

use super::columns::{Columns, Node};

/// What stands over the columns.
const HEADS: [&str; 6] = ["Person", "Agent or robot", "Workspace", "Role", "Grant", "Tool"];
/// A box, and what is between two of them, in units: 6 boxes and their gaps fit on a page.
const WIDTH: usize = 130;
const GAP: usize = 27;
const HEIGHT: usize = 34;
const SPACE: usize = 12;
/// Over the boxes stand the heads.
const TOP: usize = 28;
/// What fits into a box; the whole name is its title, and stands in the table.
const LETTERS: usize = 17;

/// The picture.
#[derive(Template)]
#[template(path = "explore/graph.html")]
pub(super) struct Graph {
    width: usize,
    height: usize,
    heads: Vec<(usize, &'static str)>,
    boxes: Vec<Drawn>,
    lines: Vec<String>,
}

struct Drawn {
    x: usize,
    y: usize,
    text: String,
    title: String,
}

impl Graph {
    /// Draws columns that have been put in order.
    pub(super) fn new(columns: &Columns) -> Self {
        let most = columns.height();
        let x = |node: &Node| node.column * (WIDTH + GAP);
        let y = |node: &Node| {
            let room = most.saturating_sub(columns.count(node.column)) * (HEIGHT + SPACE) / 2;
            TOP + room + node.row * (HEIGHT + SPACE)
        };
        let drawn = |node: &Node| Drawn {
            x: x(node),
            y: y(node),
            text: short(&node.label),
            title: node.label.clone(),
        };
        let line = |(from, to): &(usize, usize)| {
            let (from, to) = (columns.nodes.get(*from)?, columns.nodes.get(*to)?);
            let (start, end) = (x(from) + WIDTH, x(to));
            let (top, bottom) = (y(from) + HEIGHT / 2, y(to) + HEIGHT / 2);
            let middle = usize::midpoint(start, end);
            // Where there is no box, the line goes straight through its place.
            let begin = if from.label.is_empty() { x(from) } else { start };
            Some(format!("M{begin} {top}H{start}C{middle} {top} {middle} {bottom} {end} {bottom}"))
        };
        Self {
            width: HEADS.len() * (WIDTH + GAP) - GAP,
            height: TOP + most * (HEIGHT + SPACE),
            heads: HEADS.iter().enumerate().map(|(at, head)| (at * (WIDTH + GAP), *head)).collect(),
            boxes: columns.nodes.iter().filter(|node| !node.label.is_empty()).map(drawn).collect(),
            lines: columns.edges.iter().filter_map(line).collect(),
        }
    }
}

fn short(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    label.chars().take(LETTERS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_and_lines_join_boxes() {
        let mut columns = Columns::default();
        let node = |text: &str| (text.to_owned(), text.to_owned());
        columns.add(&[
            node("<b>Maya</b>"),
            (String::new(), String::new()),
            node("A name that is far too long"),
        ]);
        columns.order();
        let text = Graph::new(&columns).render().expect("a picture");
        assert!(!text.contains("<b>") && text.contains("A name that is f…"), "{text}");
        assert_eq!(text.matches("class=\"box\"").count(), 2, "where only a line goes is no box");
        assert_eq!(text.matches("class=\"edge\"").count(), 2);
    }
}
