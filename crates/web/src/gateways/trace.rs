//! W3C Trace Context, version 00 and what later versions keep of it.

use enforcement::Trace;

/// Reads a `traceparent`. None for whatever is not one: a broken trace never stops a call.
pub(crate) fn parse(text: &str) -> Option<Trace> {
    let mut parts = text.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let [version] = hexadecimal(version)?;
    let [_] = hexadecimal(flags)?;
    // 255 is forbidden, and version 0 has exactly four parts. Later ones may add more.
    if version == 0xff || (version == 0 && parts.next().is_some()) {
        return None;
    }
    let trace_id = hexadecimal(trace)?;
    let span_id = hexadecimal(span)?;
    (trace_id != [0; 16] && span_id != [0; 8]).then_some(Trace { trace_id, span_id })
}

/// Lower-case hexadecimal digits, exactly as many as fill the bytes.
fn hexadecimal<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair.iter().try_fold(0, |high: u8, digit| Some((high << 4) | nibble(*digit)?))?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_traceparent_is_one() {
        let trace = parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").expect("valid");
        assert_eq!(trace.trace_id[..2], [0x0a, 0xf7]);
        assert_eq!(trace.span_id[6..], [0x33, 0x31]);
        assert!(parse("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-ever").is_some());
        for bad in [
            "",
            "00",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319é-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
