//! Where the next page of a list begins that is not ordered by id.

use app::evidence::{ChangeCursor, DecisionCursor, Order, Page};
use model::{Revision, Timestamp};

use crate::Problem;
use crate::api::PageQuery;

/// A place in a list, as it stands in `next` and `after`.
pub(super) trait Cursor: Sized {
    /// In text.
    fn text(&self) -> String;
    /// From text.
    fn read(text: &str) -> Option<Self>;
}

impl Cursor for DecisionCursor {
    fn text(&self) -> String {
        format!("{}.{}", self.at.timestamp_micros(), self.id)
    }

    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at: Timestamp::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
    }
}

impl Cursor for ChangeCursor {
    fn text(&self) -> String {
        format!("{}.{}", self.revision.0, self.position)
    }

    fn read(text: &str) -> Option<Self> {
        let (revision, position) = text.split_once('.')?;
        Some(Self { revision: Revision(revision.parse().ok()?), position: position.parse().ok()? })
    }
}

/// The page to read, newest first: one more than is shown, to know whether there is a next one.
pub(super) fn page<C: Cursor>(query: &PageQuery) -> Result<Page<C>, Problem> {
    let after = query.place(C::read)?;
    let limit = u64::try_from(query.limit()?).unwrap_or(u64::MAX).saturating_add(1);
    Ok(Page { after, limit, order: Order::NewestFirst })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let at = "2026-11-02T14:00:00.000123Z".parse().unwrap();
        let decision = DecisionCursor { at, id: model::DecisionId::MAX };
        assert_eq!(DecisionCursor::read(&decision.text()), Some(decision));
        let change = ChangeCursor { revision: Revision(7), position: 3 };
        assert_eq!(ChangeCursor::read(&change.text()), Some(change));
        for wrong in ["", "7", ".", "7.x", "x.7", "99999999999999999999.0", "1.2.3"] {
            assert_eq!(ChangeCursor::read(wrong), None, "{wrong}");
            assert_eq!(DecisionCursor::read(wrong), None, "{wrong}");
        }
    }
}
