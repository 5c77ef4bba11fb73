use askama::Template;

use super::height;

/// So wide and so high, in units: what it takes in a row of a table.
const WIDTH: u16 = 88;
const HEIGHT: u16 = 24;

/// A few small columns, beside the number that they are of. Hidden from who cannot see: the number says it.
#[derive(Debug, Clone, Template)]
#[template(path = "picture/spark.html")]
pub(crate) struct Spark {
    columns: Vec<Column>,
    width: String,
}

#[derive(Debug, Clone)]
struct Column {
    x: String,
    allowed: Option<(String, String)>,
    denied: Option<(String, String)>,
}

impl Spark {
    /// Draws columns, oldest first: how many were allowed and denied.
    pub(crate) fn new(days: &[(u64, u64)]) -> Self {
        let most = days.iter().map(|(allowed, denied)| allowed.saturating_add(*denied)).max().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a spark has a few columns")]
        let step = f64::from(WIDTH) / days.len().max(1) as f64;
        let mut left = 0.0;
        let columns = days.iter().map(|(allowed, denied)| {
            let (down, up) = (height(*allowed, most, HEIGHT), height(*denied, most, HEIGHT));
            let floor = f64::from(HEIGHT);
            // Both at once are never higher than the row: the smaller one is seen at the cost of the larger.
            let down = down.min(floor - up);
            let span =
                |y: f64, height: f64| (height > 0.0).then(|| (format!("{y:.1}"), format!("{height:.1}")));
            let x = format!("{:.1}", left + step * 0.1);
            left += step;
            Column { x, allowed: span(floor - down, down), denied: span(floor - down - up, up) }
        });
        Self { columns: columns.collect(), width: format!("{:.1}", step * 0.8) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_drawn() {
        let text = Spark::new(&[(0, 0), (4, 1), (0, 2)]).render().unwrap();
        assert_eq!((text.matches("class=\"allow\"").count(), text.matches("class=\"deny\"").count()), (1, 2));
        assert!(text.contains("aria-hidden=\"true\""));
        assert!(Spark::new(&[]).render().is_ok());
    }
}
