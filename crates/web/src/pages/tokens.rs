//! The colours of the stylesheet can be read: WCAG 2.2, 1.4.3 and 1.4.11, computed from the stylesheet itself.
#![cfg(test)]

use std::collections::BTreeMap;

/// The text of the stylesheet.
const CSS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/app.css"));
/// Which of the two looks.
const LOOKS: [&str; 2] = ["light", "dark"];

type Colour = [f64; 3];

/// Every `name: light-dark(#a, #b)` of the stylesheet.
fn pairs() -> BTreeMap<&'static str, [Colour; 2]> {
    let line = |line: &'static str| {
        let (name, rest) = line.trim().split_once(": light-dark(")?;
        let (light, dark) = rest.split_once(')')?.0.split_once(", ")?;
        Some((name.strip_prefix("--")?, [colour(light)?, colour(dark)?]))
    };
    CSS.lines().filter_map(line).collect()
}

fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part =
        |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok().map(|value| f64::from(value) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG's relative luminance.
fn luminance(colour: Colour) -> f64 {
    let [r, g, b] = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_stands_out_from_every_ground_it_stands_on() {
    let tokens = pairs();
    let grounds = ["paper", "surface", "sunken"];
    let mut asked: Vec<(&str, &str, f64)> = Vec::new();
    for ground in grounds {
        asked.extend(
            ["ink", "ink-2", "ink-3", "accent", "accent-hover", "deny"].map(|text| (text, ground, 4.5)),
        );
        asked.extend(["line-strong", "focus"].map(|edge| (edge, ground, 3.0)));
    }
    asked.extend(["allow", "deny", "wait", "info", "accent"].map(|text| (text, "", 4.5)));
    asked.extend(
        ["allow-soft", "deny-soft", "wait-soft", "info-soft", "accent-soft"].map(|g| ("ink", g, 4.5)),
    );
    asked.push(("on-accent", "accent", 4.5));
    asked.push(("on-accent", "accent-hover", 4.5));
    asked.push(("paper", "deny", 4.5));
    for (text, ground, least) in asked {
        let soft = format!("{text}-soft");
        let ground = if ground.is_empty() { soft.as_str() } else { ground };
        for (look, name) in LOOKS.iter().enumerate() {
            let ratio = contrast(tokens[text][look], tokens[ground][look]);
            assert!(ratio >= least, "{name}: {text} on {ground} is {ratio:.2}, at least {least}");
        }
    }
}

#[test]
fn initials_stand_out_from_the_ground_of_their_seal() {
    let mut found = 0;
    for line in
        CSS.lines().map(str::trim).filter(|line| line.starts_with(".h") && line.contains("fill: light-dark("))
    {
        let mut looks =
            line.split("light-dark(").skip(1).filter_map(|rest| rest.split_once(')')?.0.split_once(", "));
        let (ink, ground) = (looks.next().expect("an ink"), looks.next().expect("a ground"));
        for (ink, ground) in [(ink.0, ground.0), (ink.1, ground.1)] {
            let ratio = contrast(colour(ink).expect("a colour"), colour(ground).expect("a colour"));
            assert!(ratio >= 7.0, "{line}: {ratio:.2}");
        }
        found += 1;
    }
    assert_eq!(found, 12);
}
