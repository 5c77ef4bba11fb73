//! K2: what is kept of a secret on its way to the page that shows it opens nothing by itself.

use crate::tests::fixtures::Seeded;
use crate::{Slip, SlipError};

#[test]
fn only_the_slip_opens_what_was_sealed_under_it() {
    let (slip, other) = (Slip::draw(&mut Seeded(1)), Slip::draw(&mut Seeded(2)));
    let sealed = slip.seal("northwind laptop", "ans_ak_…").unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("ans_"));
    let again: Slip = slip.expose().parse().unwrap();
    assert_eq!(*again.open("northwind laptop", &sealed).unwrap(), "ans_ak_…");
    assert_eq!(other.open("northwind laptop", &sealed).unwrap_err(), SlipError::Other);
    assert_eq!(slip.open("southwind laptop", &sealed).unwrap_err(), SlipError::Other);
    let mut changed = sealed.clone();
    changed[0] ^= 1;
    assert_eq!(slip.open("northwind laptop", &changed).unwrap_err(), SlipError::Other);
}

#[test]
fn what_is_kept_of_a_slip_is_not_the_slip_nor_its_key() {
    let slip = Slip::draw(&mut Seeded(3));
    assert_eq!(slip.id(), slip.expose().parse::<Slip>().unwrap().id());
    assert_ne!(slip.id(), Slip::draw(&mut Seeded(4)).id());
    assert!(!format!("{slip:?}").contains(slip.expose()));
}

#[test]
fn a_text_of_another_shape_is_no_slip() {
    for text in
        ["", "short", &"a".repeat(42), &"a".repeat(44), &format!("{}/", "a".repeat(42)), &"ä".repeat(43)]
    {
        assert_eq!(text.parse::<Slip>().unwrap_err(), SlipError::NotASlip, "{text}");
    }
}
