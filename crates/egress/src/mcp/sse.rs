//! Server-sent events (WHATWG HTML, section 9.2), the part that a stream of JSON-RPC messages needs.

/// Takes a stream in pieces of any size and gives the data of each message event. Holds at most one event; the
/// limit on the body bounds it.
#[derive(Debug, Default)]
pub(crate) struct EventParser {
    line: Vec<u8>,
    data: Vec<u8>,
    event: Vec<u8>,
    is_after_cr: bool,
    is_past_first_line: bool,
}

impl EventParser {
    /// The data of every event that this piece completes. Events of other types than `message` and events
    /// without data (which only set the id for a reconnection) are left out.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Vec<Vec<u8>> {
        let mut complete = Vec::new();
        for byte in chunk {
            let ends_crlf = std::mem::take(&mut self.is_after_cr) && *byte == b'\n';
            match byte {
                b'\n' if ends_crlf => {}
                b'\r' | b'\n' => {
                    self.is_after_cr = *byte == b'\r';
                    complete.extend(self.end_line());
                }
                _ => self.line.push(*byte),
            }
        }
        complete
    }

    /// A blank line completes an event; any other is a field of it.
    fn end_line(&mut self) -> Option<Vec<u8>> {
        let line = std::mem::take(&mut self.line);
        let is_first = !std::mem::replace(&mut self.is_past_first_line, true);
        let line = match line.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if is_first => rest,
            _ => line.as_slice(),
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let name = parts.next().unwrap_or_default();
        let value = parts.next().unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => {
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            b"event" => self.event = value.to_vec(),
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Vec<u8>> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        data.pop();
        let is_message = matches!(event.as_slice(), b"" | b"message");
        (is_message && !data.is_empty()).then_some(data)
    }
}
