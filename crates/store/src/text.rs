//! How values that are not plain columns are written: words, JSON in text, moments as microseconds.

use model::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::StoreError;

/// Whole microseconds since 1970.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.timestamp_micros()
}

/// The moment of those microseconds.
pub(crate) fn moment(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_timestamp_micros(micros)
        .ok_or_else(|| StoreError::Corrupt(format!("`{micros}` as a moment")))
}

/// A count in a signed column. Counts beyond 2^63 do not occur; should one, it stays at the end of the range.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The count in a signed column.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(crate) fn of_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The word that an enum without content is written as.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(StoreError::Corrupt(format!("{other:?} as a word"))),
    }
}

/// The enum that is written as that word.
pub(crate) fn of_word<T: DeserializeOwned>(word: &str) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(word.to_owned()))
        .map_err(|_| StoreError::Corrupt(format!("`{word}` as a word")))
}

/// A name or other checked text.
pub(crate) fn checked<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("`{text}` as a name or id")))
}

/// A state as its word, which can be asked for, and the rest of it as JSON, where there is any.
pub(crate) fn state<T: Serialize>(state: &T) -> Result<(String, Option<String>), StoreError> {
    let mut object = match serde_json::to_value(state) {
        Ok(Value::Object(object)) => object,
        other => return Err(StoreError::Corrupt(format!("{other:?} as a state"))),
    };
    let word = match object.remove("state") {
        Some(Value::String(word)) => word,
        other => return Err(StoreError::Corrupt(format!("{other:?} as a state"))),
    };
    let detail = if object.is_empty() { None } else { Some(json(&object)?) };
    Ok((word, detail))
}

/// The state of that word and detail.
pub(crate) fn of_state<T: DeserializeOwned>(word: String, detail: Option<&str>) -> Result<T, StoreError> {
    let mut object: Map<String, Value> = detail.map(of_json).transpose()?.unwrap_or_default();
    object.insert("state".to_owned(), Value::String(word));
    serde_json::from_value(Value::Object(object)).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The 32 bytes of a SHA-256.
pub(crate) fn digest(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Corrupt(format!("{} bytes as a SHA-256", bytes.len())))
}
