//! The bytes of a question for text, and of its answer (RFC 1035, section 4).

/// The type of records that hold text.
const TXT: u16 = 16;
/// The class of the internet.
const IN: u16 = 1;
/// A standard question that asks for recursion and, with `AD`, whether the answer was validated (RFC 6840).
const FLAGS: u16 = 0x0120;
/// The header's length.
const HEADER: usize = 12;
/// There is no such name.
const NXDOMAIN: u16 = 3;
/// More texts than any name has.
const MOST: usize = 100;

/// What was answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// The texts of the name; none where it has other records only.
    Texts(Vec<String>),
    /// There is no such name.
    NoSuchName,
    /// The resolver could not find out.
    Failed,
}

/// A question for the texts of a name; none where it is no name.
pub(super) fn question(name: &str, id: u16) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(HEADER + name.len() + 6);
    for word in [id, FLAGS, 1, 0, 0, 0] {
        bytes.extend(word.to_be_bytes());
    }
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..64).contains(length))?;
        bytes.push(length);
        bytes.extend(label.bytes());
    }
    bytes.push(0);
    bytes.extend(TXT.to_be_bytes());
    bytes.extend(IN.to_be_bytes());
    // A name has at most 255 octets (RFC 1035, section 2.3.4).
    (bytes.len() <= HEADER + 255 + 4).then_some(bytes)
}

/// The texts of an answer. None: it is not one to that question.
///
/// Names are not compared: the one connection carries one question, and an alias may stand before the text.
pub(super) fn texts(answer: &[u8], id: u16) -> Option<Answered> {
    let mut reader = Reader { bytes: answer, at: 0 };
    let head = [(); 6].map(|()| reader.word());
    let [Some(named), Some(flags), Some(questions), Some(answers), Some(_), Some(_)] = head else {
        return None;
    };
    if named != id || flags & 0x8000 == 0 {
        return None;
    }
    match flags & 0x000f {
        0 => {}
        NXDOMAIN => return Some(Answered::NoSuchName),
        _ => return Some(Answered::Failed),
    }
    for _ in 0..questions {
        reader.skip_name()?;
        reader.take(4)?;
    }
    let mut texts = Vec::new();
    for _ in 0..usize::from(answers).min(MOST) {
        reader.skip_name()?;
        let (kind, _class) = (reader.word()?, reader.word()?);
        reader.take(4)?;
        let length = reader.word()?;
        let data = reader.take(usize::from(length))?;
        if kind == TXT {
            texts.push(text(data)?);
        }
    }
    Some(Answered::Texts(texts))
}

/// The pieces of one record put together: a text longer than 255 octets is cut into several.
fn text(data: &[u8]) -> Option<String> {
    let mut reader = Reader { bytes: data, at: 0 };
    let mut whole = Vec::new();
    while reader.at < data.len() {
        let length = reader.byte()?;
        whole.extend_from_slice(reader.take(usize::from(length))?);
    }
    Some(String::from_utf8_lossy(&whole).into_owned())
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn word(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    /// Goes past a name. A pointer ends it, and is not followed: nothing here reads names.
    fn skip_name(&mut self) -> Option<()> {
        loop {
            match self.byte()? {
                0 => return Some(()),
                length if length & 0xc0 == 0xc0 => return self.take(1).map(|_| ()),
                length if length & 0xc0 == 0 => drop(self.take(usize::from(length))?),
                _ => return None,
            }
        }
    }
}
