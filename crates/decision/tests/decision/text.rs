//! The oracle's own way of comparing texts, numbers and addresses: slow, and obvious.

use std::net::IpAddr;

use model::{Constraint, Operator};
use serde_json::Value;

/// Whether a pattern with `*` names a text: either the star stands for nothing more, or for one more character.
pub(crate) fn names(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), None) => names(rest, text),
        (Some((b'*', rest)), Some((_, shorter))) => names(rest, text) || names(pattern, shorter),
        (Some((wanted, rest)), Some((given, shorter))) => wanted == given && names(rest, shorter),
        _ => false,
    }
}

/// The argument that a JSON pointer (RFC 6901) leads to.
fn find<'v>(arguments: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut at = arguments;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        at = match at {
            Value::Object(fields) => fields.iter().find(|(name, _)| **name == step)?.1,
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(at)
}

/// Below, equal or above, of two numbers: whole ones by their digits, others as floating point.
fn below_equal_above(left: &Value, right: &Value) -> Option<(bool, bool, bool)> {
    if !left.is_number() || !right.is_number() {
        return None;
    }
    let (left, right) = (left.to_string(), right.to_string());
    if let (Ok(left), Ok(right)) = (left.parse::<i128>(), right.parse::<i128>()) {
        return Some((left < right, left == right, left > right));
    }
    let (left, right) = (left.parse::<f64>().ok()?, right.parse::<f64>().ok()?);
    let (below, above) = (left < right, left > right);
    Some((below, !below && !above, above))
}

fn same(left: &Value, right: &Value) -> bool {
    below_equal_above(left, right).map_or_else(|| left == right, |(_, equal, _)| equal)
}

pub(crate) fn holds(constraint: &Constraint, arguments: &Value) -> bool {
    let wanted = &constraint.value;
    let Some(given) = find(arguments, &constraint.pointer) else { return false };
    let order = below_equal_above(given, wanted);
    let listed = wanted.as_array().map(|list| list.iter().filter(|one| same(one, given)).count());
    match constraint.operator {
        Operator::Equals => same(given, wanted),
        Operator::NotEquals => !same(given, wanted),
        Operator::LessThan => matches!(order, Some((true, _, _))),
        Operator::AtMost => matches!(order, Some((_, _, false))),
        Operator::GreaterThan => matches!(order, Some((_, _, true))),
        Operator::AtLeast => matches!(order, Some((false, _, _))),
        Operator::In => listed.is_some_and(|count| count > 0),
        Operator::NotIn => listed == Some(0),
        Operator::StartsWith => {
            matches!((given, wanted), (Value::String(given), Value::String(wanted))
                if given.chars().zip(wanted.chars()).filter(|(g, w)| g == w).count() == wanted.chars().count())
        }
    }
}

/// Whether an address lies in a range, bit by bit. An IPv4 address written as IPv6 is the IPv4 address.
pub(crate) fn lies_in(address: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let bits = |address: IpAddr| -> Vec<bool> {
        let bytes = match address.to_canonical() {
            IpAddr::V4(four) => four.octets().to_vec(),
            IpAddr::V6(six) => six.octets().to_vec(),
        };
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect()
    };
    let (address, network) = (bits(address), bits(network));
    address.len() == network.len() && address[..usize::from(prefix)] == network[..usize::from(prefix)]
}
