use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::Problem;

/// A page holds at most so many items: a thousand rows are quick to render and to read by a program.
const MOST: usize = 1_000;
/// And so many where nothing is said.
const USUAL: usize = 100;

/// Which page of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct PageQuery {
    /// How many items at most, 1 to 1000. Default 100.
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins. Null: this is the last.
    pub next: Option<String>,
}

impl PageQuery {
    /// How many items, checked.
    pub fn limit(&self) -> Result<usize, Problem> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Problem::invalid_field("limit", &format!("expected 1 to {MOST}"))),
        }
    }

    /// Where it begins, checked.
    pub fn after<Id: std::str::FromStr>(&self) -> Result<Option<Id>, Problem> {
        self.place(|text| text.parse().ok())
    }

    /// Where it begins, in a list that is not ordered by ids.
    pub fn place<P>(&self, read: impl Fn(&str) -> Option<P>) -> Result<Option<P>, Problem> {
        let wrong = || Problem::invalid_field("after", "expected the `next` of the page before");
        let after = self.after.as_deref().filter(|text| !text.is_empty());
        after.map(|text| read(text).ok_or_else(wrong)).transpose()
    }

    /// Cuts a page out of everything that follows, with a look at one more to know whether there is a next one.
    pub fn cut<I, T>(
        &self,
        items: impl Iterator<Item = I>,
        id: impl Fn(&I) -> String,
        present: impl Fn(I) -> T,
    ) -> Result<Listed<T>, Problem> {
        let limit = self.limit()?;
        let mut page: Vec<I> = items.take(limit + 1).collect();
        let more = page.len() > limit;
        page.truncate(limit);
        let next = page.last().filter(|_| more).map(id);
        Ok(Listed { items: page.into_iter().map(present).collect(), next })
    }
}
