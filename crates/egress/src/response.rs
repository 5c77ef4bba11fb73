//! An answer from outside, read within its bounds.

use reqwest::header::HeaderMap;
use tokio::time::{Instant, timeout_at};

use crate::error::EgressError;

/// A whole answer. Any status but a redirect is an answer; the caller judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Header names in lower case with their values; bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body, at most `Limits::body_bytes`.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An answer whose body is still on its way.
#[derive(Debug)]
pub(crate) struct Opened {
    inner: reqwest::Response,
    deadline: Instant,
    bytes_left: usize,
}

impl Opened {
    pub(crate) fn new(inner: reqwest::Response, deadline: Instant, body_bytes: usize) -> Self {
        Self { inner, deadline, bytes_left: body_bytes }
    }

    pub(crate) fn status(&self) -> u16 {
        self.inner.status().as_u16()
    }

    /// The first value of a header, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.inner.headers().get(name)?.to_str().ok()
    }

    /// The next piece of the body, or nothing at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Vec<u8>>, EgressError> {
        let chunk = timeout_at(self.deadline, self.inner.chunk()).await;
        let chunk = chunk.map_err(|_| EgressError::TimedOut)?;
        let Some(chunk) = chunk.map_err(|error| EgressError::from_client(&error))? else { return Ok(None) };
        self.bytes_left = self.bytes_left.checked_sub(chunk.len()).ok_or(EgressError::BodyTooLarge)?;
        Ok(Some(chunk.to_vec()))
    }

    /// The rest of the body.
    pub(crate) async fn body(&mut self) -> Result<Vec<u8>, EgressError> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    pub(crate) async fn whole(mut self) -> Result<Response, EgressError> {
        let body = self.body().await?;
        Ok(Response { status: self.status(), headers: headers(self.inner.headers()), body })
    }
}

fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    map.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}
