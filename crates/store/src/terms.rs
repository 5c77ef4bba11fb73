//! What a search asks, as a condition: the same of decisions and of changes.

use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait, Func};

/// What a row can be asked for.
pub(crate) trait Matching {
    /// Whether both ask about the same field. Pieces of text never do: each has to be found.
    fn is_of(&self, other: &Self) -> bool;

    /// What has to hold of the row.
    fn condition(&self) -> Condition;
}

/// Terms of one field are alternatives; what must not be (the second of a pair says so) is refused term by term.
pub(crate) fn all<M: Matching>(terms: &[(&M, bool)]) -> Condition {
    let mut all = Condition::all();
    for (at, (matches, negated)) in terms.iter().enumerate() {
        if *negated {
            // A field that is empty is not what must not be.
            let is = Func::coalesce([Expr::from(matches.condition()), Expr::val(false)]);
            all = all.add(Expr::from(is).not());
            continue;
        }
        let same = |(other, negated): &&(&M, bool)| !negated && other.is_of(matches);
        if terms.iter().take(at).any(|earlier| same(&earlier)) {
            continue;
        }
        let alternatives = terms.iter().filter(same);
        all = all.add(alternatives.fold(Condition::any(), |any, (matches, _)| any.add(matches.condition())));
    }
    all
}
