use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// What must hold of one argument of a call for a grant to reach it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// Where in the arguments, as a JSON pointer (RFC 6901), for example `/amount`.
    pub pointer: String,
    /// How to compare.
    pub operator: Operator,
    /// With what. For `in` and `not_in`: an array.
    pub value: Value,
}

/// How an argument is compared. Anything that cannot be compared does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Equal.
    Equals,
    /// Present and different.
    NotEquals,
    /// A number below.
    LessThan,
    /// A number at most.
    AtMost,
    /// A number above.
    GreaterThan,
    /// A number at least.
    AtLeast,
    /// One of an array.
    In,
    /// Present and none of an array.
    NotIn,
    /// A text that begins so.
    StartsWith,
}

impl Constraint {
    /// Whether it holds of these arguments. A missing argument or another type: it does not.
    pub fn holds(&self, arguments: &Value) -> bool {
        let Some(given) = arguments.pointer(&self.pointer) else { return false };
        let ordered = |wanted: &[Ordering]| compare(given, &self.value).is_some_and(|o| wanted.contains(&o));
        match self.operator {
            Operator::Equals => equal(given, &self.value),
            Operator::NotEquals => !equal(given, &self.value),
            Operator::LessThan => ordered(&[Ordering::Less]),
            Operator::AtMost => ordered(&[Ordering::Less, Ordering::Equal]),
            Operator::GreaterThan => ordered(&[Ordering::Greater]),
            Operator::AtLeast => ordered(&[Ordering::Greater, Ordering::Equal]),
            Operator::In => self.value.as_array().is_some_and(|list| list.iter().any(|v| equal(given, v))),
            Operator::NotIn => {
                self.value.as_array().is_some_and(|list| !list.iter().any(|v| equal(given, v)))
            }
            Operator::StartsWith => match (given.as_str(), self.value.as_str()) {
                (Some(given), Some(prefix)) => given.starts_with(prefix),
                _ => false,
            },
        }
    }

    /// Whether it can ever be compared: a pointer that is one, and a value of the operator's type.
    pub fn is_well_formed(&self) -> bool {
        let pointer = self.pointer.is_empty() || self.pointer.starts_with('/');
        pointer
            && match self.operator {
                Operator::Equals | Operator::NotEquals => true,
                Operator::LessThan | Operator::AtMost | Operator::GreaterThan | Operator::AtLeast => {
                    self.value.is_number()
                }
                Operator::In | Operator::NotIn => self.value.is_array(),
                Operator::StartsWith => self.value.is_string(),
            }
    }
}

/// Equality with numbers compared by value (`1` equals `1.0`), everything else structurally.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => compare(left, right) == Some(Ordering::Equal),
        _ => left == right,
    }
}

/// Numbers only. Whole numbers exactly, so that 2^53 + 1 is not at most 2^53; the rest as floating point.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else { return None };
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn constraints_hold_as_people_read_them() {
        use Operator::*;
        let arguments = json!({
            "amount": 100, "big": 9_007_199_254_740_993_u64, "rate": 0.5, "to": "ops@northwind.example",
            "nested": {"list": [1, 2]}, "null": null, "text_number": "50"
        });
        for (pointer, operator, value, expected) in [
            ("/amount", AtMost, json!(100), true),
            ("/amount", LessThan, json!(100), false),
            ("/amount", Equals, json!(100.0), true),
            ("/amount", NotEquals, json!(100.0), false),
            ("/big", AtMost, json!(9_007_199_254_740_992_u64), false),
            ("/rate", GreaterThan, json!(0), true),
            ("/missing", NotEquals, json!(1), false),
            ("/missing", NotIn, json!([1]), false),
            ("/text_number", AtMost, json!(100), false),
            ("/null", Equals, json!(null), true),
            ("/to", StartsWith, json!("ops@"), true),
            ("/to", In, json!(["a", "ops@northwind.example"]), true),
            ("/to", NotIn, json!(["a"]), true),
            ("/to", In, json!("ops@northwind.example"), false),
            ("/nested/list/1", AtLeast, json!(2), true),
            ("/nested", Equals, json!({"list": [1, 2]}), true),
        ] {
            let constraint = Constraint { pointer: pointer.into(), operator, value };
            assert_eq!(constraint.holds(&arguments), expected, "{constraint:?}");
        }
    }
}
