//! In which order a list is asked for, and the page of it that is.

use std::str::FromStr;

use super::{Listed, PageQuery};
use crate::Problem;
use crate::place::Place;

/// An order that a list offers, or that order from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    /// The word for it. Empty: by id, which for most things is the oldest first.
    pub(crate) by: &'static str,
    is_reversed: bool,
}

impl Order {
    /// Reads `sort`: one of these words, with a hyphen in front from its end. `created` is by id.
    pub(crate) fn read(sort: Option<&str>, words: &[&'static str]) -> Result<Self, Problem> {
        let Some(sort) = sort.filter(|text| !text.is_empty()) else {
            return Ok(Self { by: "", is_reversed: false });
        };
        let (word, is_reversed) = sort.strip_prefix('-').map_or((sort, false), |word| (word, true));
        let by = words.iter().copied().find(|known| *known == word).ok_or_else(|| {
            let known = words.join(", ");
            Problem::invalid_field(
                "sort",
                &format!("expected one of {known}; with a hyphen in front from the end"),
            )
        })?;
        Ok(Self { by: if by == "created" { "" } else { by }, is_reversed })
    }

    /// Whether it is the order in which the facts stand anyway.
    pub(crate) fn is_plain(self) -> bool {
        self.by.is_empty() && !self.is_reversed
    }

    /// After which id the facts are to be read. None: all of them are.
    pub(crate) fn start<Id: FromStr>(self, page: &PageQuery) -> Result<Option<Id>, Problem> {
        if self.is_plain() { page.after() } else { Ok(None) }
    }

    /// Cuts the page out of what the facts have from `start` on.
    pub(crate) fn cut<Id: FromStr, I, T>(
        self,
        page: &PageQuery,
        items: impl Iterator<Item = I>,
        place: impl Fn(&I) -> Place,
        present: impl Fn(I) -> T,
    ) -> Result<Listed<T>, Problem> {
        // Where nothing is sorted, nothing beyond the page has to be looked at.
        if self.is_plain() {
            return page.cut(items, |item| place(item).to_string(), present);
        }
        let after = page.place(|text| Place::read::<Id>(text, !self.by.is_empty()))?;
        let mut placed: Vec<(Place, I)> = items.map(|item| (place(&item), item)).collect();
        if let Some(after) = after {
            placed.retain(|(place, _)| if self.is_reversed { *place < after } else { *place > after });
        }
        placed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        if self.is_reversed {
            placed.reverse();
        }
        page.cut(placed.into_iter(), |(place, _)| place.to_string(), |(_, item)| present(item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["b", "A", "a", "C", "b"];

    /// All pages of the list, one after the other.
    fn pages(sort: &str) -> Vec<usize> {
        let order = Order::read(Some(sort), &["created", "name"]).unwrap();
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = PageQuery { limit: Some(2), after };
            let start: Option<usize> = order.start(&page).unwrap();
            let items = (0..NAMES.len()).filter(|id| start.is_none_or(|start| *id > start));
            let place = |id: &usize| match order.by {
                "name" => Place::by_text(NAMES[*id], id),
                _ => Place::of(id),
            };
            let listed = order.cut::<usize, _, _>(&page, items, place, |id| id).unwrap();
            all.extend(listed.items);
            after = listed.next;
            if after.is_none() {
                return all;
            }
        }
    }

    #[test]
    fn pages_follow_each_other_in_every_order() {
        for (sort, all) in [
            ("", [0, 1, 2, 3, 4]),
            ("created", [0, 1, 2, 3, 4]),
            ("-created", [4, 3, 2, 1, 0]),
            ("name", [1, 2, 0, 4, 3]),
            ("-name", [3, 4, 0, 2, 1]),
        ] {
            assert_eq!(pages(sort), all, "{sort}");
        }
    }

    #[test]
    fn what_is_no_order_or_no_place_in_it_is_refused() {
        for wrong in ["age", "--name", "-", "Name", "name "] {
            Order::read(Some(wrong), &["created", "name"]).unwrap_err();
        }
        let order = Order::read(Some("name"), &["name"]).unwrap();
        for after in ["3", "a.x", "a."] {
            let page = PageQuery { limit: None, after: Some(after.to_owned()) };
            order.cut::<usize, usize, usize>(&page, 0..3, |id| Place::by_text("", *id), |id| id).unwrap_err();
        }
    }
}
