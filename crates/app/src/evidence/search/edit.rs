//! Changing one word of a query, as the links beside a list do.

use std::fmt;

use super::Query;
use super::words::Word;

impl Query {
    /// Whether nothing is asked for in particular.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it asks for just that.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.words.iter().any(|word| is(word, field) && word.value == value)
    }

    /// The query that asks for that value of the field instead of any other.
    #[must_use]
    pub fn with(&self, field: &str, value: &str) -> Self {
        let mut query = self.without(field);
        query.words.push(Word { negated: false, field: Some(field.to_owned()), value: value.to_owned() });
        query
    }

    /// The query that does not ask about the field.
    #[must_use]
    pub fn without(&self, field: &str) -> Self {
        Self { words: self.words.iter().filter(|word| !is(word, field)).cloned().collect() }
    }

    /// Each of its words, and the query without it.
    pub fn words(&self) -> impl Iterator<Item = (String, Self)> + '_ {
        self.words.iter().enumerate().map(|(at, word)| {
            let rest = self.words.iter().enumerate().filter(|(other, _)| *other != at);
            (word.to_string(), Self { words: rest.map(|(_, word)| word.clone()).collect() })
        })
    }
}

fn is(word: &Word, field: &str) -> bool {
    !word.negated && word.field.as_deref() == Some(field)
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            word.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        if let Some(field) = &self.field {
            write!(f, "{field}:")?;
        }
        // What would otherwise be read as something else stands in quotes.
        let plain = |c: char| !c.is_whitespace() && c != '"' && c != '\\';
        let is_alone = self.field.is_none() && (self.value.contains(':') || self.value.starts_with('-'));
        if !self.value.is_empty() && self.value.chars().all(plain) && !is_alone {
            return f.write_str(&self.value);
        }
        let escaped = self.value.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "\"{escaped}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(line: &str) -> Query {
        Query::parse(line).expect("a query")
    }

    #[test]
    fn a_query_that_is_written_out_is_read_as_the_same() {
        for line in [
            "",
            "actor:\"Invoice Reconciler\" decision:deny",
            "-server:github refund",
            "\"a:b\" \"-c\"",
            "actor:\"say \\\"x\\\" \\\\ y\"",
            "actor:\"\"",
            "actor:\"<b>مساعد</b> 🧾\"",
        ] {
            let read = query(line);
            assert_eq!(query(&read.to_string()), read, "{line}");
        }
    }

    #[test]
    fn links_change_one_word() {
        let asked = query("actor:a decision:deny");
        assert_eq!(asked.with("decision", "allow").to_string(), "actor:a decision:allow");
        assert_eq!(asked.with("owner", "Maya Chen").to_string(), "actor:a decision:deny owner:\"Maya Chen\"");
        assert_eq!(asked.without("actor").to_string(), "decision:deny");
        assert!(asked.has("actor", "a") && !asked.has("actor", "b"));
        let rest: Vec<String> = asked.words().map(|(_, rest)| rest.to_string()).collect();
        assert_eq!(rest, ["decision:deny", "actor:a"]);
    }
}
