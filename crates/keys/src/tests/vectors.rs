//! Tokens computed by another program (Python's `zlib.crc32`, `hashlib.sha256` and whole numbers): if one of these
//! fails, the format has drifted and every key in the field is lost.

use model::KeyKind;

use super::fixtures::Scripted;
use crate::{Presented, Token, public_id};

struct Vector {
    kind: KeyKind,
    entropy: Vec<u8>,
    text: &'static str,
    sha256: &'static str,
}

fn vectors() -> Vec<Vector> {
    // The byte 61 draws a `z`.
    let greatest = || [vec![61; 12], vec![0xff; 32]].concat();
    vec![
        Vector {
            kind: KeyKind::Agent,
            entropy: (0..44).collect(),
            text: "ans_ak_0123456789AB2rAqvm2hjyqHMt2W0dTSnpZlxYw6NPYIQ1Uqi3admBP0yJUKm",
            sha256: "c1cc9f8b70f2f7470a97549536e53f037960d5da1d846931a8f650623527d56c",
        },
        Vector {
            kind: KeyKind::Agent,
            entropy: vec![0; 44],
            text: "ans_ak_00000000000000000000000000000000000000000000000000000002eq8wm",
            sha256: "69406faabe9a2b0c585a7170d67032adc02df7a5a57aa308080f87203effe0b7",
        },
        Vector {
            kind: KeyKind::Robot,
            entropy: greatest(),
            text: "ans_rk_zzzzzzzzzzzzyhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp14FGMUB",
            sha256: "804f87e9f587867063fb0b436d788aecb012fd9a3fbb5390c63fb1f6e522289b",
        },
        Vector {
            kind: KeyKind::Gateway,
            entropy: greatest(),
            text: "ans_gk_zzzzzzzzzzzzyhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp10lpgeF",
            sha256: "d1c8971f710c2073a2ea9bd8a9b09d695b44e979f98ed43ef894d067775fb0ed",
        },
        Vector {
            kind: KeyKind::Management,
            entropy: greatest(),
            text: "ans_pk_zzzzzzzzzzzzyhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp125o7bV",
            sha256: "062e0574cba98512d5356da76e4b30b824045714cab2b1c3625c4e818146fe59",
        },
        Vector {
            kind: KeyKind::Scim,
            entropy: greatest(),
            text: "ans_sc_zzzzzzzzzzzzyhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp11uQ6Qm",
            sha256: "7c719a46b550b493b25556c0fa3e885e60942f25eb316fdc8c1c1b5ad455f245",
        },
        Vector {
            kind: KeyKind::Delegated,
            entropy: greatest(),
            text: "ans_dt_zzzzzzzzzzzzyhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp10mUpHT",
            sha256: "8b048d211d597335eb4e2eb2f3f73ae008bb3d6965c8320260ba1b710ab01e9e",
        },
    ]
}

fn hex(bytes: [u8; 32]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[test]
fn k1_the_format_never_drifts() {
    for Vector { kind, entropy, text, sha256 } in vectors() {
        let token = Token::mint(kind, &mut Scripted(entropy));
        assert_eq!(token.expose(), text);
        assert_eq!(hex(token.hash()), sha256, "{text}");
        let presented = Presented::parse(text).unwrap();
        assert_eq!(hex(presented.hash()), sha256, "{text}");
        assert_eq!(public_id(presented.kind(), presented.id()), text[..19]);
    }
}
