//! What changed between two texts, line by line.

/// A table of comparisons larger than this is not filled: the rest counts as replaced.
const TABLE_LIMIT: usize = 1_000_000;

/// One line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// `same`, `gone` or `new`.
    pub(super) kind: &'static str,
    /// The line.
    pub(super) text: String,
}

impl Line {
    fn of(kind: &'static str, text: &str) -> Self {
        Self { kind, text: text.to_owned() }
    }
}

/// The lines of both, in order: what is the same, what is gone, what is new.
pub(super) fn lines(before: &str, after: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(left, right)| left == right).count();
    let rest = |lines: &[&str]| lines.len().saturating_sub(head);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(left, right)| left == right).count();
    let tail = tail.min(rest(&old)).min(rest(&new));
    let middle = |lines: &[&'_ str]| -> Vec<String> {
        let until = lines.len().saturating_sub(tail);
        lines.iter().take(until).skip(head).map(|line| (*line).to_owned()).collect()
    };
    let mut all: Vec<Line> = old.iter().take(head).map(|line| Line::of("same", line)).collect();
    all.extend(changed(&middle(&old), &middle(&new)));
    all.extend(old.iter().skip(old.len().saturating_sub(tail)).map(|line| Line::of("same", line)));
    all
}

/// The middle, by the longest common run of lines.
fn changed(old: &[String], new: &[String]) -> Vec<Line> {
    let gone = |lines: &[String]| lines.iter().map(|line| Line::of("gone", line)).collect::<Vec<_>>();
    let came = |lines: &[String]| lines.iter().map(|line| Line::of("new", line)).collect::<Vec<_>>();
    if old.len().saturating_mul(new.len()) > TABLE_LIMIT {
        return [gone(old), came(new)].concat();
    }
    let table = common(old, new);
    let length = |i: usize, j: usize| table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::new();
    while let (Some(left), Some(right)) = (old.get(i), new.get(j)) {
        if left == right {
            all.push(Line::of("same", left));
            (i, j) = (i + 1, j + 1);
        } else if length(i + 1, j) >= length(i, j + 1) {
            all.push(Line::of("gone", left));
            i += 1;
        } else {
            all.push(Line::of("new", right));
            j += 1;
        }
    }
    all.extend(gone(old.get(i..).unwrap_or_default()));
    all.extend(came(new.get(j..).unwrap_or_default()));
    all
}

/// For each pair of places, how many lines both have in common from there on.
fn common(old: &[String], new: &[String]) -> Vec<Vec<u32>> {
    let mut table: Vec<Vec<u32>> = vec![vec![0; new.len() + 1]];
    for left in old.iter().rev() {
        let below = table.last().cloned().unwrap_or_default();
        let at = |row: &[u32], place: usize| row.get(place).copied().unwrap_or(0);
        let mut row = vec![0; new.len() + 1];
        for (place, right) in new.iter().enumerate().rev() {
            let best = if left == right {
                at(&below, place + 1) + 1
            } else {
                at(&below, place).max(at(&row, place + 1))
            };
            if let Some(cell) = row.get_mut(place) {
                *cell = best;
            }
        }
        table.push(row);
    }
    table.reverse();
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side(lines: &[Line], without: &str) -> String {
        let kept = lines.iter().filter(|line| line.kind != without).map(|line| line.text.as_str());
        kept.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_changed_stands_between_what_did_not() {
        let shown: Vec<(&str, String)> =
            lines("a\nb\nc\nd", "a\nc\nx\nd").into_iter().map(|line| (line.kind, line.text)).collect();
        let expected = [("same", "a"), ("gone", "b"), ("same", "c"), ("new", "x"), ("same", "d")]
            .map(|(k, t)| (k, t.to_owned()));
        assert_eq!(shown, expected);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off_it(
            old in proptest::collection::vec("[ab]", 0..8),
            new in proptest::collection::vec("[ab]", 0..8),
        ) {
            let (old, new) = (old.join("\n"), new.join("\n"));
            let all = lines(&old, &new);
            prop_assert_eq!(side(&all, "new"), old);
            prop_assert_eq!(side(&all, "gone"), new);
        }
    }
}
