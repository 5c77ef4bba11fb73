//! Reading filters and paths, by descent: `or` binds weakest, then `and`, then `not` and brackets.

use super::{AttributePath, Filter, Literal, NotAFilter, Operator, ValuePath};

/// A page of conditions; no client is known to send a tenth of it.
const LENGTH_LIMIT: usize = 4096;
/// Brackets and `not`s within each other, so that a filter cannot exhaust the stack. Hand-written ones have two or three.
const DEPTH_LIMIT: usize = 24;

type Read<T> = Result<T, NotAFilter>;

/// Reads a filter.
pub(crate) fn parse(text: &str) -> Read<Filter> {
    let mut reader = Reader::new(text)?;
    let filter = reader.any_of(0)?;
    reader.end()?;
    Ok(filter)
}

/// Reads the path of a PATCH.
pub(crate) fn parse_path(text: &str) -> Read<ValuePath> {
    let mut reader = Reader::new(text)?;
    reader.space();
    let mut attribute = reader.attribute()?;
    let mut which = None;
    if reader.take('[') {
        if attribute.part.is_some() {
            return Err(reader.wrong("no brackets after a part of an attribute"));
        }
        which = Some(reader.any_of(0)?);
        reader.space();
        reader.need(']', "expected `]`")?;
        if reader.take('.') {
            attribute.part = Some(reader.name()?);
        }
    }
    reader.end()?;
    Ok(ValuePath { attribute, which })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Read<Self> {
        if text.len() > LENGTH_LIMIT {
            return Err(NotAFilter { expected: "expected at most 4096 bytes", at: LENGTH_LIMIT });
        }
        Ok(Self { text, at: 0 })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn wrong(&self, expected: &'static str) -> NotAFilter {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        NotAFilter { expected, at: before.chars().count() }
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn need(&mut self, wanted: char, expected: &'static str) -> Read<()> {
        if self.take(wanted) { Ok(()) } else { Err(self.wrong(expected)) }
    }

    fn end(&mut self) -> Read<()> {
        self.space();
        if self.rest().is_empty() { Ok(()) } else { Err(self.wrong("expected the end, `and` or `or`")) }
    }

    /// Takes characters while they are of a kind.
    fn run(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !of(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    /// Takes a word if it comes next as a whole.
    fn word(&mut self, wanted: &str) -> bool {
        let begin = self.at;
        self.space();
        let found = self.run(|c| c.is_ascii_alphanumeric()).eq_ignore_ascii_case(wanted);
        if !found {
            self.at = begin;
        }
        found
    }

    fn any_of(&mut self, depth: usize) -> Read<Filter> {
        let mut filter = self.all_of(depth)?;
        while self.word("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.all_of(depth)?));
        }
        Ok(filter)
    }

    fn all_of(&mut self, depth: usize) -> Read<Filter> {
        let mut filter = self.one(depth)?;
        while self.word("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.one(depth)?));
        }
        Ok(filter)
    }

    fn one(&mut self, depth: usize) -> Read<Filter> {
        if depth > DEPTH_LIMIT {
            return Err(self.wrong("expected fewer brackets within each other"));
        }
        let begin = self.at;
        if self.word("not") {
            self.space();
            if self.rest().starts_with('(') {
                return Ok(Filter::Not(Box::new(self.grouped(depth)?)));
            }
            self.at = begin;
        }
        self.space();
        if self.rest().starts_with('(') { self.grouped(depth) } else { self.condition(depth) }
    }

    fn grouped(&mut self, depth: usize) -> Read<Filter> {
        self.need('(', "expected `(`")?;
        let inner = self.any_of(depth + 1)?;
        self.space();
        self.need(')', "expected `)`")?;
        Ok(inner)
    }

    fn condition(&mut self, depth: usize) -> Read<Filter> {
        let path = self.attribute()?;
        if path.part.is_none() && self.take('[') {
            let inner = self.any_of(depth + 1)?;
            self.space();
            self.need(']', "expected `]`")?;
            return Ok(Filter::Within(path, Box::new(inner)));
        }
        self.space();
        let begin = self.at;
        let word = self.run(|c| c.is_ascii_alphabetic());
        if word.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(path));
        }
        let Some(operator) = Operator::of(word) else {
            self.at = begin;
            return Err(self.wrong("expected an operator such as `eq`"));
        };
        self.space();
        Ok(Filter::Compare(path, operator, self.literal()?))
    }

    fn literal(&mut self) -> Read<Literal> {
        if self.rest().starts_with('"') {
            return self.quoted().map(Literal::Text);
        }
        let begin = self.at;
        let word = self.run(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-'));
        let literal = match word.to_ascii_lowercase().as_str() {
            "true" => Some(Literal::Flag(true)),
            "false" => Some(Literal::Flag(false)),
            "null" => Some(Literal::Null),
            _ => word.parse().ok().filter(|number: &f64| number.is_finite()).map(Literal::Number),
        };
        literal.ok_or_else(|| {
            self.at = begin;
            self.wrong("expected a value: a quoted text, a number, true, false or null")
        })
    }

    /// A text as JSON writes it.
    fn quoted(&mut self) -> Read<String> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let text =
            end.and_then(|(at, _)| rest.get(..=at)).ok_or_else(|| self.wrong("expected a closing `\"`"))?;
        let read = serde_json::from_str(text).map_err(|_| self.wrong("expected a text as JSON writes it"))?;
        self.at += text.len();
        Ok(read)
    }

    fn attribute(&mut self) -> Read<AttributePath> {
        let begin = self.at;
        let whole = self.run(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '_' | '-' | '$'));
        // The version in a schema's URN has a dot of its own, so the parts are looked for after the last colon.
        let (schema, rest) = whole.rsplit_once(':').map_or((None, whole), |(urn, rest)| (Some(urn), rest));
        let (name, part) = rest.split_once('.').map_or((rest, None), |(name, part)| (name, Some(part)));
        if is_name(name) && part.is_none_or(is_name) {
            let schema = schema.map(ToOwned::to_owned);
            return Ok(AttributePath { schema, name: name.to_owned(), part: part.map(ToOwned::to_owned) });
        }
        self.at = begin;
        Err(self.wrong("expected the name of an attribute"))
    }

    fn name(&mut self) -> Read<String> {
        let name = self.run(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$'));
        if is_name(name) { Ok(name.to_owned()) } else { Err(self.wrong("expected the name of a part")) }
    }
}

/// RFC 7643, section 2.1, and `$ref`.
fn is_name(text: &str) -> bool {
    let name = text.strip_prefix('$').unwrap_or(text);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
