use proptest::prelude::*;

use super::*;

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Z][a-zA-Z0-9_-]{0,8}"
}

fn attribute() -> impl Strategy<Value = AttributePath> {
    let schema = prop::option::of(Just("urn:ietf:params:scim:schemas:core:2.0:User".to_owned()));
    (schema, name(), prop::option::of(name())).prop_map(|(schema, name, part)| AttributePath {
        schema,
        name,
        part,
    })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        any::<String>().prop_map(Literal::Text),
        any::<i32>().prop_map(|number| Literal::Number(f64::from(number))),
        any::<bool>().prop_map(Literal::Flag),
        Just(Literal::Null),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    prop::sample::select(Operator::ALL.map(|(operator, _)| operator).to_vec())
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        attribute().prop_map(Filter::Present),
        (attribute(), operator(), literal()).prop_map(|(path, op, value)| Filter::Compare(path, op, value)),
    ];
    leaf.prop_recursive(4, 16, 2, |inner| {
        let two = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        let whole = attribute().prop_map(|path| AttributePath { part: None, ..path });
        prop_oneof![
            two().prop_map(|(one, other)| Filter::And(one, other)),
            two().prop_map(|(one, other)| Filter::Or(one, other)),
            inner.clone().prop_map(|inner| Filter::Not(Box::new(inner))),
            (whole, inner.clone().prop_map(Box::new)).prop_map(|(path, inner)| Filter::Within(path, inner)),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(filter in filter()) {
        prop_assert_eq!(parse(&filter.to_string()).expect("reads"), filter);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = parse(&text);
        let _ = parse_path(&text);
    }

    #[test]
    fn any_text_of_its_letters_is_answered(text in "[a-z\"\\\\()\\[\\]. :0-9]{0,40}") {
        let _ = parse(&text);
        let _ = parse_path(&text);
    }
}

#[test]
fn and_binds_stronger_than_or_and_words_have_any_case() {
    let read = |text: &str| parse(text).expect(text).to_string();
    assert_eq!(read("a pr or b pr and c pr"), "(a pr) or ((b pr) and (c pr))");
    assert_eq!(read("NOT (a EQ \"x\") And b Pr"), "(not (a eq \"x\")) and (b pr)");
    assert_eq!(read("notes eq 1"), "notes eq 1");
    let within = "emails[type eq \"work\" and value co \"@\"] or a pr";
    assert_eq!(read(within), "(emails[(type eq \"work\") and (value co \"@\")]) or (a pr)");
}

#[test]
fn what_is_no_filter_is_told_with_its_place() {
    let cases = [
        ("", "expected the name of an attribute at character 0"),
        ("userName", "expected an operator such as `eq` at character 8"),
        ("userName eq", "expected a value: a quoted text, a number, true, false or null at character 11"),
        ("userName eq bob", "expected a value: a quoted text, a number, true, false or null at character 12"),
        ("userName eq \"bob", "expected a closing `\"` at character 12"),
        ("userName is \"bob\"", "expected an operator such as `eq` at character 9"),
        ("(userName pr", "expected `)` at character 12"),
        ("emails[type eq \"work\"", "expected `]` at character 21"),
        ("userName pr userName pr", "expected the end, `and` or `or` at character 12"),
        ("userName pr and", "expected the name of an attribute at character 15"),
        ("userName eq NaN", "expected a value: a quoted text, a number, true, false or null at character 12"),
        ("1a pr", "expected the name of an attribute at character 0"),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(text).expect_err(text).to_string(), expected, "{text}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |depth: usize| format!("{}a pr{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(20)).is_ok());
    assert!(parse(&nested(26)).is_err());
    assert!(parse(&"not (".repeat(800)).is_err());
    assert!(parse(&format!("a eq \"{}\"", "x".repeat(5000))).is_err());
}

#[test]
fn paths_name_an_attribute_its_values_and_their_part() {
    let path = parse_path("emails[type eq \"work\"].value").expect("a path");
    assert_eq!((path.attribute.name.as_str(), path.attribute.part.as_deref()), ("emails", Some("value")));
    assert_eq!(path.which.expect("which").to_string(), "type eq \"work\"");
    let path = parse_path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value")
        .expect("a path");
    let urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    assert_eq!(path.attribute.schema.as_deref(), Some(urn));
    assert_eq!((path.attribute.name.as_str(), path.attribute.part.as_deref()), ("manager", Some("value")));
    for wrong in
        ["", "emails[", "emails[]", "emails[type eq \"work\"].", "a.b.c", "emails[type pr]x", "a b", ".a"]
    {
        assert!(parse_path(wrong).is_err(), "{wrong}");
    }
}
