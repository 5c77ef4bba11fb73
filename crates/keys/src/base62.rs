use model::Entropy;

/// How many characters there are: digits, capitals and small letters.
const BASE: u8 = 62;
/// The greatest multiple of 62 within a byte. Bytes from here on are thrown away, or the first eight characters
/// would come up more often than the rest.
const FAIR: u8 = 248;

/// The character of a digit (0 to 61), in the order of ASCII: `0-9`, `A-Z`, `a-z`.
fn character(digit: u8) -> u8 {
    match digit {
        0..=9 => b'0' + digit,
        10..=35 => b'A' + (digit - 10),
        _ => b'a' + (digit - 36),
    }
}

/// Draws `N` characters, each of the 62 equally likely.
///
/// Asks for bytes until enough of them are fair: a source that only ever gives bytes from 248 up is broken and
/// never gets an id out of here.
pub(crate) fn draw<const N: usize>(entropy: &mut dyn Entropy) -> [u8; N] {
    std::array::from_fn(|_| draw_one(entropy))
}

fn draw_one(entropy: &mut dyn Entropy) -> u8 {
    loop {
        let mut byte = [0];
        entropy.fill(&mut byte);
        let [byte] = byte;
        if byte < FAIR {
            return character(byte % BASE);
        }
    }
}

/// Writes a big-endian number as exactly `N` characters, zero padded, most significant first.
///
/// `number` is used up: it is all zero afterwards if `N` characters were enough for it. That is the caller's to
/// know: 43 for 32 bytes (62^43 > 2^256), 6 for 4 bytes (62^6 > 2^32).
pub(crate) fn fixed<const N: usize>(number: &mut [u8]) -> [u8; N] {
    let mut characters = [b'0'; N];
    for place in characters.iter_mut().rev() {
        *place = character(divide(number));
    }
    characters
}

/// Divides a big-endian number by 62 in place; gives the remainder.
fn divide(number: &mut [u8]) -> u8 {
    let mut remainder = 0_u8;
    for byte in number {
        let part = u16::from_be_bytes([remainder, *byte]);
        // The remainder before was below 62, so the quotient is below 256 and the high byte is zero.
        let [_, quotient] = (part / u16::from(BASE)).to_be_bytes();
        let [_, rest] = (part % u16::from(BASE)).to_be_bytes();
        *byte = quotient;
        remainder = rest;
    }
    remainder
}
