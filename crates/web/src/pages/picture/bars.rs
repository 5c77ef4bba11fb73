use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use super::height;
use crate::pages::filters;

/// The picture is so many units wide: about as many as it has pixels on a large screen, so that the hatching is even.
const WIDTH: f64 = 960.0;
/// And so many high.
const HEIGHT: u16 = 160;
/// Of its place, a column takes that much.
const COLUMN: f64 = 0.72;
/// A picture of more columns shows the newer half of them where there is little room.
const MANY: usize = 36;

/// A column: how many of something were allowed and denied in a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bar {
    /// How many were allowed.
    pub(crate) allowed: u64,
    /// How many were denied.
    pub(crate) denied: u64,
    /// When, in words: `26 Nov, 14:00 to 15:00`.
    pub(crate) when: String,
    /// Where to look at them.
    pub(crate) href: String,
}

/// What is counted, one and several, where it is neither allowed nor denied.
type Noun = (&'static str, &'static str);

impl Bar {
    /// What the column says to who cannot see it.
    fn label(&self, noun: Option<Noun>) -> String {
        if let Some((one, several)) = noun {
            let word = if self.total() == 1 { one } else { several };
            return format!("{}: {} {word}", self.when, filters::grouped(&self.total().to_string()));
        }
        let (allowed, denied) = (self.allowed.to_string(), self.denied.to_string());
        let number = |digits: &str| filters::grouped(digits);
        format!("{}: {} allowed, {} denied", self.when, number(&allowed), number(&denied))
    }

    fn total(&self) -> u64 {
        self.allowed.saturating_add(self.denied)
    }
}

/// Columns over time, denials hatched and on top, each a link; and the same as a table.
#[derive(Debug, Template)]
#[template(path = "picture/bars.html")]
pub(crate) struct Bars {
    label: String,
    noun: Option<Noun>,
    columns: Vec<Column>,
    /// What stands under its beginning, its middle and its end.
    axis: [String; 3],
    most: u64,
    is_halved: bool,
}

#[derive(Debug)]
struct Column {
    bar: Bar,
    label: String,
    /// The whole height of its place, where a pointer finds it.
    place: Rect,
    allowed: Rect,
    denied: Rect,
}

/// A rectangle, in units of the picture.
#[derive(Debug)]
struct Rect {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// As the attributes of an element, with one place after the point: what an eye can tell.
impl fmt::Display for Rect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { x, y, width, height } = self;
        write!(f, "x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"")
    }
}

/// Nothing but numbers.
impl HtmlSafe for Rect {}

impl Bars {
    /// Draws columns, oldest first. `axis` says when the first begins, the one in the middle begins, and the last ends.
    pub(crate) fn new(label: impl Into<String>, bars: Vec<Bar>, axis: [String; 3]) -> Self {
        Self::draw(label.into(), None, bars, axis)
    }

    /// The same of what is only counted.
    pub(crate) fn counting(label: impl Into<String>, noun: Noun, bars: Vec<Bar>, axis: [String; 3]) -> Self {
        Self::draw(label.into(), Some(noun), bars, axis)
    }

    fn draw(label: String, noun: Option<Noun>, bars: Vec<Bar>, axis: [String; 3]) -> Self {
        let most = bars.iter().map(Bar::total).max().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a picture has a few dozen columns")]
        let step = WIDTH / bars.len().max(1) as f64;
        let mut left = 0.0;
        let columns = bars.into_iter().map(|bar| {
            let column = Column::of(bar, noun, left, (step, most));
            left += step;
            column
        });
        Self { label, noun, columns: columns.collect(), axis, most, is_halved: false }
    }

    /// The same; where it has many columns a phone shows the newer half: for pictures that are about now.
    pub(crate) fn about_now(self) -> Self {
        Self { is_halved: self.columns.len() > MANY, ..self }
    }

    /// Whether there is nothing to be seen.
    pub(crate) fn is_empty(&self) -> bool {
        self.most == 0
    }
}

impl Column {
    fn of(bar: Bar, noun: Option<Noun>, left: f64, (step, most): (f64, u64)) -> Self {
        let (up, down) = (height(bar.denied, most, HEIGHT - 4), height(bar.allowed, most, HEIGHT - 4));
        let (width, floor) = (step * COLUMN, f64::from(HEIGHT));
        let x = left + (step - width) / 2.0;
        Self {
            label: bar.label(noun),
            place: Rect { x: left, y: 0.0, width: step, height: floor },
            allowed: Rect { x, y: floor - down, width, height: down },
            denied: Rect { x, y: floor - down - up, width, height: up },
            bar,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(allowed: u64, denied: u64) -> Bar {
        Bar { allowed, denied, when: "14:00".to_owned(), href: "/audit?q=a&b".to_owned() }
    }

    #[test]
    fn a_column_is_a_link_with_its_numbers_and_an_empty_one_is_nothing_to_stop_at() {
        let drawn = Bars::new("Decisions", vec![bar(0, 0), bar(1_200, 3)], Default::default());
        let text = drawn.render().unwrap();
        assert_eq!(text.matches("<a href=\"/audit?q=a&#38;b\" aria-label").count(), 1, "{text}");
        assert!(text.contains("14:00: 1,200 allowed, 3 denied"), "{text}");
        assert!(!drawn.is_empty() && Bars::new("", vec![bar(0, 0)], Default::default()).is_empty());
    }

    #[test]
    fn the_highest_fills_the_picture_and_one_of_many_is_seen() {
        let drawn = Bars::new("Decisions", vec![bar(1_000_000, 0), bar(0, 1)], Default::default());
        assert!((drawn.columns[0].allowed.height - 156.0).abs() < 0.01);
        assert!(drawn.columns[1].denied.height > 2.0);
        let inside =
            |column: &Column| column.denied.y >= 0.0 && column.denied.x + column.denied.width <= WIDTH;
        assert!(drawn.columns.iter().all(inside));
    }

    #[test]
    fn what_is_only_counted_is_neither_allowed_nor_denied() {
        let drawn =
            Bars::counting("Changes", ("change", "changes"), vec![bar(1, 0), bar(2, 0)], Default::default());
        let text = drawn.render().unwrap();
        assert!(text.contains("14:00: 1 change\"") && text.contains("14:00: 2 changes\""), "{text}");
        assert!(!text.contains("llowed") && !text.contains("enied"), "{text}");
    }

    #[test]
    fn a_phone_shows_half_of_what_is_about_now_and_all_of_anything_else() {
        let drawn =
            |many: usize| Bars::new("Decisions", (0..many).map(|_| bar(1, 0)).collect(), Default::default());
        let is_halved = |bars: Bars| bars.render().unwrap().contains("bars halved");
        assert!(
            !is_halved(drawn(48)) && is_halved(drawn(48).about_now()) && !is_halved(drawn(7).about_now())
        );
    }

    #[test]
    fn none_at_all_is_drawn_as_nothing() {
        assert!(Bars::new("Decisions", Vec::new(), Default::default()).render().is_ok());
    }
}
