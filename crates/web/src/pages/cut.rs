/// So many rows are a page: a screen or two, and quick to render.
pub const ROWS: usize = 50;

/// One page of a sorted list.
#[derive(Debug)]
pub struct Cut<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: usize,
    /// The number of its first row, from one.
    pub from: usize,
    /// Where the next page begins. None: this is the last.
    pub next: Option<String>,
}

impl<T> Cut<T> {
    /// The page that follows the row called `after`; the first one where there is no such row any more.
    pub fn of(all: Vec<T>, after: &str, id: impl Fn(&T) -> String) -> Self {
        let total = all.len();
        let seen = all.iter().position(|row| !after.is_empty() && id(row) == after);
        let skipped = seen.map_or(0, |at| at.saturating_add(1));
        let rows: Vec<T> = all.into_iter().skip(skipped).take(ROWS).collect();
        let more = skipped.saturating_add(rows.len()) < total;
        let next = rows.last().filter(|_| more).map(id);
        Self { rows, total, from: skipped.saturating_add(1), next }
    }

    /// The number of its last row.
    pub fn to(&self) -> usize {
        self.from.saturating_add(self.rows.len()).saturating_sub(1)
    }

    /// Whether rows come before it.
    pub fn is_later(&self) -> bool {
        self.from > 1
    }

    /// The same page with its rows shown.
    pub fn map<U>(self, show: impl FnMut(T) -> U) -> Cut<U> {
        let Self { rows, total, from, next } = self;
        Cut { rows: rows.into_iter().map(show).collect(), total, from, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(rows: usize, after: &str) -> (usize, Option<String>, usize, usize) {
        let cut = Cut::of((0..rows).collect(), after, usize::to_string);
        (cut.rows.len(), cut.next.clone(), cut.from, cut.to())
    }

    #[test]
    fn pages_follow_each_other_and_cover_everything() {
        assert_eq!(cut(0, ""), (0, None, 1, 0));
        assert_eq!(cut(1, ""), (1, None, 1, 1));
        assert_eq!(cut(50, ""), (50, None, 1, 50));
        assert_eq!(cut(51, ""), (50, Some("49".to_owned()), 1, 50));
        assert_eq!(cut(51, "49"), (1, None, 51, 51));
        assert_eq!(cut(51, "gone"), (50, Some("49".to_owned()), 1, 50));
    }
}
