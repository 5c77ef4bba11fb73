use std::borrow::Cow;

use model::KeyKind;
use proptest::prelude::*;

use super::fixtures::Seeded;
use crate::{Token, public_id, redact};

proptest! {
    #[test]
    fn k2_no_secret_is_left_in_a_text(
        seeds in prop::collection::vec(any::<u64>(), 1..5),
        gaps in prop::collection::vec("\\PC{0,12}|[a-z0-9_]{0,8}", 5),
    ) {
        let tokens: Vec<Token> = seeds.iter().map(|seed| Token::mint(KeyKind::Robot, &mut Seeded(*seed))).collect();
        let mut text = gaps[0].clone();
        for (token, gap) in tokens.iter().zip(&gaps[1..]) {
            text.push_str(token.expose());
            text.push_str(gap);
        }
        let clean = redact(&text);
        for token in &tokens {
            // Ten characters of the secret: enough to tell that they were not there by chance.
            for part in token.expose().as_bytes()[19..62].windows(10) {
                prop_assert!(!clean.contains(std::str::from_utf8(part).unwrap()), "{clean}");
            }
            prop_assert!(clean.contains(&public_id(KeyKind::Robot, token.id())), "{clean}");
        }
    }

    #[test]
    fn a_text_without_tokens_is_left_alone(text in any::<String>()) {
        prop_assume!(!text.contains("ans_"));
        prop_assert!(matches!(redact(&text), Cow::Borrowed(same) if same == text));
    }
}

#[test]
fn k2_what_is_cut_and_what_is_left() {
    let token = Token::mint(KeyKind::Agent, &mut Seeded(3));
    let good = token.expose();
    let shown = public_id(KeyKind::Agent, token.id());
    let cases = [
        (good.to_owned(), shown.clone()),
        (format!("Bearer {good}, twice {good}!"), format!("Bearer {shown}, twice {shown}!")),
        (format!("{good}{good}"), format!("{shown}{shown}")),
        (format!("{shown}{good}"), format!("{shown}{shown}")),
        (format!("{}ans_{good}", &good[..40]), format!("{shown}_{shown}")),
        (format!("x{good}yz é"), format!("x{shown} é")),
        (good[..50].to_owned(), shown.clone()),
        (good[..20].to_owned(), shown.clone()),
        (shown.clone(), shown.clone()),
        (format!("ans_ans_{good}"), format!("ans_ans_{shown}")),
        ("ans_ ans_ak ans_ak_ ans_ak_é ans_zz_0123456789abcdef".to_owned(), String::new()),
    ];
    for (text, expected) in cases {
        let expected = if expected.is_empty() { text.clone() } else { expected };
        assert_eq!(redact(&text), expected);
        assert_eq!(redact(&expected), expected, "redacting twice changes nothing more");
    }
}
