//! The rings of seals: r(t) = r0 (1 − a + a cos nt), for each number of lobes and three depths, as one sprite.

#[cfg(test)]
/// How many lobes a ring may have.
const LOBES: std::ops::RangeInclusive<u8> = 5..=12;
#[cfg(test)]
/// How deep the lobes are, of the radius.
const DEPTHS: [f64; 3] = [0.08, 0.14, 0.2];

/// How many shapes there are.
pub(super) const COUNT: u8 = 24;

/// The sprite that `static/seals.svg` has to be.
#[cfg(test)]
fn sprite() -> String {
    use std::fmt::Write;
    let mut text = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    let shapes = LOBES.flat_map(|lobes| DEPTHS.map(|depth| (lobes, depth)));
    for (at, (lobes, depth)) in shapes.enumerate() {
        let _infallible = writeln!(text, "<path id=\"r{at}\" d=\"{}\"/>", path(lobes, depth));
    }
    text.push_str("</svg>\n");
    text
}

/// A closed curve: quadratic through the middles between crests and hollows, so that two points a lobe are enough.
#[cfg(test)]
fn path(lobes: u8, depth: f64) -> String {
    use std::fmt::Write;
    let radius = 18.4;
    let count = u32::from(lobes) * 2;
    let point = |at: u32| {
        let angle = f64::from(at) * std::f64::consts::TAU / f64::from(count);
        let hollow = if at.is_multiple_of(2) { 0.0 } else { 2.0 * depth };
        // A control point lies outside of its curve; this brings the crests to the edge of the ground.
        let r = radius * (1.0 - hollow) * 1.02;
        (20.0 + r * angle.cos(), 20.0 + r * angle.sin())
    };
    let middle = |at: u32| {
        let ((x, y), (u, v)) = (point(at), point(at + 1));
        (f64::midpoint(x, u), f64::midpoint(y, v))
    };
    let (x, y) = middle(0);
    let mut path = format!("M{x:.1} {y:.1}");
    for at in 1..=count {
        let ((x, y), (u, v)) = (point(at), middle(at));
        let _infallible = write!(path, "Q{x:.1} {y:.1} {u:.1} {v:.1}");
    }
    path.push('Z');
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sprite_is_as_computed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/seals.svg");
        assert_eq!(usize::from(COUNT), LOBES.count() * DEPTHS.len());
        let there = std::fs::read_to_string(path).expect("static/seals.svg");
        if there != sprite() {
            let computed = std::env::temp_dir().join("seals.svg");
            std::fs::write(&computed, sprite()).expect("written");
            panic!("static/seals.svg is not as computed; the computed one is {}", computed.display());
        }
    }
}
