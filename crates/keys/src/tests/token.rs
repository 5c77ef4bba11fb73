use model::{Because, KeyKind};
use proptest::prelude::*;
use regex::Regex;

use super::fixtures::{Seeded, agent, holders, issued, minute, start};
use crate::{NotAToken, Presented, Refusal, Rotate, TOKEN_LENGTH, Token, recognize, revoke, rotate};

const KINDS: [KeyKind; 6] = [
    KeyKind::Agent,
    KeyKind::Robot,
    KeyKind::Gateway,
    KeyKind::Management,
    KeyKind::Scim,
    KeyKind::Delegated,
];

fn any_token() -> impl Strategy<Value = Token> {
    (prop::sample::select(KINDS.to_vec()), any::<u64>())
        .prop_map(|(kind, seed)| Token::mint(kind, &mut Seeded(seed)))
}

proptest! {
    #[test]
    fn k1_a_minted_token_reads_back(token in any_token()) {
        let presented = Presented::parse(token.expose()).unwrap();
        prop_assert_eq!(presented.kind(), token.kind());
        prop_assert_eq!(presented.id(), token.id());
        prop_assert_eq!(presented.hash(), token.hash());
    }

    #[test]
    fn k1_scanners_find_a_token_by_its_pattern(token in any_token(), before in "[ \"'=:;,(]", after in "[ \"'&;,)\n]") {
        let pattern = Regex::new(r"\bans_(ak|rk|gk|pk|sc|dt)_[0-9A-Za-z]{61}\b").unwrap();
        let text = format!("{before}{}{after}", token.expose());
        prop_assert_eq!(pattern.find(&text).map(|found| found.as_str()), Some(token.expose()));
    }

    #[test]
    fn k1_a_single_changed_character_is_refused(token in any_token(), at in 0..TOKEN_LENGTH, to in any::<char>()) {
        let mut text: Vec<char> = token.expose().chars().collect();
        prop_assume!(text[at] != to);
        text[at] = to;
        prop_assert!(Presented::parse(&text.into_iter().collect::<String>()).is_err());
    }

    #[test]
    fn k1_two_swapped_neighbours_are_refused(token in any_token(), at in 0..TOKEN_LENGTH - 1) {
        let mut text: Vec<char> = token.expose().chars().collect();
        prop_assume!(text[at] != text[at + 1]);
        text.swap(at, at + 1);
        prop_assert!(Presented::parse(&text.into_iter().collect::<String>()).is_err());
    }

    #[test]
    fn k1_no_text_makes_reading_fail_otherwise(text in any::<String>(), tail in "\\PC{0,64}") {
        prop_assert!(Presented::parse(&text).is_err());
        let alike = format!("ans_ak_{tail}");
        let cut: String = alike.chars().take(TOKEN_LENGTH).collect();
        prop_assert!(Presented::parse(&cut).is_err());
    }

    #[test]
    fn k2_debug_shows_the_public_id_and_nothing_else(token in any_token()) {
        prop_assert_eq!(format!("{token:?}"), &token.expose()[..19]);
    }
}

#[test]
fn k1_each_fault_has_its_name() {
    let token = Token::mint(KeyKind::Agent, &mut Seeded(1));
    let good = token.expose();
    let cases = [
        (String::new(), NotAToken::Length),
        (good[..67].to_owned(), NotAToken::Length),
        (format!("{good}0"), NotAToken::Length),
        (format!(" {good}"), NotAToken::Length),
        (format!(" {}", &good[..67]), NotAToken::Prefix),
        (good.to_uppercase(), NotAToken::Prefix),
        (good.replacen("ans_ak", "ans_zz", 1), NotAToken::Kind),
        (good.replacen("ans_ak_", "ans_akk", 1), NotAToken::Kind),
        (format!("{}é{}", &good[..10], &good[12..]), NotAToken::Alphabet),
        (format!("{}é", &good[..66]), NotAToken::Alphabet),
        // A two-byte character across the boundary before the checksum.
        (format!("{}é{}", &good[..61], &good[63..]), NotAToken::Alphabet),
        (format!("{}_{}", &good[..30], &good[31..]), NotAToken::Alphabet),
        (good.replacen("ans_ak", "ans_rk", 1), NotAToken::Checksum),
        (good.to_lowercase(), NotAToken::Checksum),
    ];
    for (text, fault) in cases {
        assert_eq!(Presented::parse(&text), Err(fault), "{text}");
    }
}

#[test]
fn k2_a_token_proves_its_own_key_and_no_other() {
    for (at, holder) in holders().into_iter().enumerate() {
        let one = issued(holder, 1);
        let presented = Presented::parse(one.token.expose()).unwrap();
        assert!(presented.proves(&one.key));
        assert!(!presented.proves(&issued(holder, 2).key), "another key of the same holder");

        let mut planted = issued(holder, 3).key;
        planted.hash = one.key.hash;
        assert!(!presented.proves(&planted), "its hash in another row");

        let mut other_kind = one.key.clone();
        other_kind.holder = holders()[(at + 1) % holders().len()];
        assert!(!presented.proves(&other_kind), "its row under a holder of another kind");
    }
}

#[test]
fn k8_how_a_key_ended_is_told_only_to_who_holds_the_secret() {
    let one = issued(agent(), 1);
    let presented = Presented::parse(one.token.expose()).unwrap();
    let because = Because { at: start(), by: None, reason: String::new() };
    let revoked = revoke(one.key.clone(), because).unwrap();
    let rotated = rotate(one.key.clone(), &[], Rotate::default(), start(), &mut Seeded(9)).unwrap().retired;
    let end = one.key.expires_at;
    let last = end - chrono::TimeDelta::microseconds(1);
    let cases = [
        (Some(&one.key), start(), Ok(())),
        (Some(&one.key), last, Ok(())),
        (Some(&one.key), end, Err(Refusal::Expired)),
        (Some(&rotated), minute(14), Ok(())),
        (Some(&rotated), minute(15), Err(Refusal::Expired)),
        (Some(&revoked), start(), Err(Refusal::Revoked)),
        (Some(&revoked), end, Err(Refusal::Revoked)),
        (None, start(), Err(Refusal::NotFound)),
    ];
    for (found, now, expected) in cases {
        assert_eq!(recognize(&presented, found, now).map(|_| ()), expected, "{found:?} {now}");
        // The same rows, found by their id, for someone with the id and a secret of their own.
        let stranger = found.map(|key| model::Key { hash: [7; 32], ..key.clone() });
        assert_eq!(recognize(&presented, stranger.as_ref(), now), Err(Refusal::NotFound), "{stranger:?}");
    }
}
