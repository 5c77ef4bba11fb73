use proptest::prelude::*;

use super::fixtures::{Scripted, Seeded};
use crate::base62::{draw, fixed};

const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Reads characters back to 32 bytes, by multiplying and adding; None if the number needs more.
fn read_back(characters: &[u8]) -> Option<[u8; 32]> {
    let mut number = [0_u8; 32];
    for character in characters {
        let mut carry = u32::try_from(ALPHABET.find(char::from(*character))?).ok()?;
        for byte in number.iter_mut().rev() {
            let all = u32::from(*byte) * 62 + carry;
            *byte = u8::try_from(all & 0xff).ok()?;
            carry = all >> 8;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(number)
}

proptest! {
    #[test]
    fn every_secret_is_written_in_43_characters_and_can_be_read_back(bytes: [u8; 32]) {
        let written = fixed::<43>(&mut bytes.clone());
        prop_assert_eq!(read_back(&written), Some(bytes));
    }

    #[test]
    fn writing_keeps_the_order_of_numbers(a: [u8; 32], b: [u8; 32]) {
        prop_assert_eq!(fixed::<43>(&mut a.clone()).cmp(&fixed::<43>(&mut b.clone())), a.cmp(&b));
    }
}

#[test]
fn the_ends_of_the_range_fit_exactly() {
    assert_eq!(&fixed::<43>(&mut [0; 32]), &[b'0'; 43]);
    let mut greatest = [0xff; 32];
    assert_eq!(&fixed::<43>(&mut greatest), b"yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp1");
    assert_eq!(greatest, [0; 32], "43 characters use the number up");
    assert_eq!(&fixed::<6>(&mut [0xff; 4]), b"4gfFC3");
}

#[test]
fn unfair_bytes_are_thrown_away() {
    let drawn: [u8; 4] = draw(&mut Scripted(vec![248, 0, 255, 61, 62, 250, 247]));
    assert_eq!(&drawn, b"0z0z");
}

#[test]
fn every_character_is_drawn_about_as_often_as_any_other() {
    let mut counts = [0_u32; 128];
    let entropy = &mut Seeded(42);
    for _ in 0..1_000 {
        for character in draw::<62>(entropy) {
            counts[usize::from(character)] += 1;
        }
    }
    // 1,000 expected each, a standard deviation of 32: five of them leave room for chance and none for the bias
    // of a bare remainder, which is 25 percent for the first eight.
    for character in ALPHABET.bytes() {
        let count = counts[usize::from(character)];
        assert!((840..=1_160).contains(&count), "{}: {count}", char::from(character));
    }
    assert_eq!(counts.iter().sum::<u32>(), 62_000);
}
