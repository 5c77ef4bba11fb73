//! Pictures drawn here, as SVG that needs no script: bars over time, whose bars are links, and sparks.

mod bars;
mod spark;

pub(crate) use bars::{Bar, Bars};
pub(crate) use spark::Spark;

/// How high a part of a column is, of so many units for the highest. What is there at all is seen.
fn height(part: u64, most: u64, units: u16) -> f64 {
    if part == 0 {
        return 0.0;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "what 2^52 calls more would change is no unit of a picture"
    )]
    let share = part as f64 / most.max(1) as f64;
    (share * f64::from(units)).max(f64::from(units) / 64.0)
}

/// How many of a hundred, in words: `4%`, `under 1%`.
pub(crate) fn percent(allowed: u64, denied: u64) -> String {
    let all = allowed.saturating_add(denied);
    match denied.saturating_mul(100).checked_div(all) {
        None => "–".to_owned(),
        Some(0) if denied > 0 => "under 1%".to_owned(),
        Some(share) => format!("{share}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_said_so_that_one_of_many_is_not_none() {
        for (allowed, denied, said) in
            [(0, 0, "–"), (10, 0, "0%"), (999, 1, "under 1%"), (96, 4, "4%"), (0, 3, "100%")]
        {
            assert_eq!(percent(allowed, denied), said);
        }
    }
}
