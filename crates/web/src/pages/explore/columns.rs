//! Things in fixed columns, joined from left to right, ordered so that few lines cross.

use std::collections::BTreeMap;

/// Something in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// In which column.
    pub(super) column: usize,
    /// What it is called. Empty: only a line goes through here.
    pub(super) label: String,
    /// Its place in the column, from the top.
    pub(super) row: usize,
}

/// The columns: nodes, and which of them are joined.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Every node.
    pub(super) nodes: Vec<Node>,
    /// Which are joined, by their numbers: from a column to the next.
    pub(super) edges: Vec<(usize, usize)>,
    known: BTreeMap<(usize, String), usize>,
}

impl Columns {
    /// Adds a path: what it goes through in each column, by key and label; without a label only the line.
    pub(super) fn add(&mut self, path: &[(String, String)]) {
        let mut last: Option<usize> = None;
        for (column, (key, label)) in path.iter().enumerate() {
            let number = self.node(column, key, label);
            if let Some(last) = last
                && !self.edges.contains(&(last, number))
            {
                self.edges.push((last, number));
            }
            last = Some(number);
        }
    }

    fn node(&mut self, column: usize, key: &str, label: &str) -> usize {
        if let Some(number) = self.known.get(&(column, key.to_owned())) {
            return *number;
        }
        let row = self.nodes.iter().filter(|node| node.column == column).count();
        self.nodes.push(Node { column, label: label.to_owned(), row });
        let number = self.nodes.len() - 1;
        self.known.insert((column, key.to_owned()), number);
        number
    }

    /// Puts each node near the middle of what it is joined with: once from left to right, once back.
    pub(super) fn order(&mut self) {
        let last = self.nodes.iter().map(|node| node.column).max().unwrap_or(0);
        for column in 1..=last {
            self.order_by(column, |(from, to), number| (to == number).then_some(from));
        }
        for column in (0..last).rev() {
            self.order_by(column, |(from, to), number| (from == number).then_some(to));
        }
    }

    fn order_by(&mut self, column: usize, other: impl Fn((usize, usize), usize) -> Option<usize>) {
        let row = |number: usize| self.nodes.get(number).map_or(0, |node| node.row);
        let middle = |number: usize| {
            let rows: Vec<usize> =
                self.edges.iter().filter_map(|edge| other(*edge, number)).map(row).collect();
            // In hundredths, so that equal means stay in the order they were in.
            if rows.is_empty() { row(number) * 100 } else { rows.iter().sum::<usize>() * 100 / rows.len() }
        };
        let mut here: Vec<(usize, usize, usize)> = self
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.column == column)
            .map(|(number, node)| (middle(number), node.row, number))
            .collect();
        here.sort_unstable();
        for (row, (_, _, number)) in here.into_iter().enumerate() {
            if let Some(node) = self.nodes.get_mut(number) {
                node.row = row;
            }
        }
    }

    /// How many nodes the fullest column has.
    pub(super) fn height(&self) -> usize {
        self.nodes.iter().map(|node| node.row + 1).max().unwrap_or(0)
    }

    /// How many nodes a column has.
    pub(super) fn count(&self, column: usize) -> usize {
        self.nodes.iter().filter(|node| node.column == column).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(keys: &[&str]) -> Vec<(String, String)> {
        keys.iter().map(|key| ((*key).to_owned(), (*key).to_owned())).collect()
    }

    fn crossings(columns: &Columns) -> usize {
        let row = |number: usize| columns.nodes[number].row;
        let mut crossed = 0;
        for (at, one) in columns.edges.iter().enumerate() {
            for two in &columns.edges[at + 1..] {
                let same = columns.nodes[one.0].column == columns.nodes[two.0].column;
                let (from, to) = (row(one.0).cmp(&row(two.0)), row(one.1).cmp(&row(two.1)));
                crossed += usize::from(same && from == to.reverse() && from.is_ne());
            }
        }
        crossed
    }

    #[test]
    fn what_is_joined_twice_is_there_once() {
        let mut columns = Columns::default();
        columns.add(&path(&["maya", "agent", "finance"]));
        columns.add(&path(&["maya", "other", "finance"]));
        assert_eq!((columns.nodes.len(), columns.edges.len(), columns.height()), (4, 4, 2));
    }

    #[test]
    fn lines_are_untangled() {
        let mut columns = Columns::default();
        // Each goes to the place opposite to its own.
        for (from, to) in [("a", "3"), ("b", "2"), ("c", "1")] {
            columns.add(&path(&[from, to, to]));
        }
        columns.add(&path(&["a", "1", "1"]));
        let before = crossings(&columns);
        columns.order();
        assert!(crossings(&columns) <= before);
        for column in 0..3 {
            let mut rows: Vec<usize> =
                columns.nodes.iter().filter(|node| node.column == column).map(|node| node.row).collect();
            rows.sort_unstable();
            assert_eq!(rows, (0..rows.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_ordered_too() {
        let mut columns = Columns::default();
        columns.order();
        assert_eq!(columns.height(), 0);
    }
}
