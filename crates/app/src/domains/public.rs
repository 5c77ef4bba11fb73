//! Domains that are nobody's own, whoever asks.

use model::DomainName;

/// Where anybody gets a mail address. The big ones; a smaller one still has to publish our challenge.
#[rustfmt::skip]
const FREEMAIL: &[&str] = &[
    "126.com", "163.com", "aim.com", "aol.com", "bk.ru", "comcast.net", "duck.com", "email.com", "fastmail.com",
    "fastmail.fm", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net",
    "googlemail.com", "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "hushmail.com",
    "icloud.com", "inbox.ru", "laposte.net", "libero.it", "list.ru", "live.com", "mac.com", "mail.com", "mail.ru",
    "mailbox.org", "me.com", "msn.com", "naver.com", "online.de", "orange.fr", "outlook.com", "outlook.de",
    "pm.me", "posteo.de", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "rocketmail.com", "sina.com",
    "t-online.de", "tuta.com", "tutanota.com", "web.de", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de",
    "yahoo.fr", "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
];

/// Why a domain cannot be anybody's own, if it cannot (security.md S4).
pub(super) fn why_nobodys(name: &DomainName) -> Option<&'static str> {
    if FREEMAIL.contains(&name.as_str()) {
        return Some("anybody can have an address there");
    }
    // A suffix under which anybody can register a name, as the Public Suffix List has it.
    match psl::domain_str(name.as_str()) {
        None => Some("anybody can have a domain under it"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_everybodys_is_nobodys() {
        for (name, may) in [
            ("northwind.example", true),
            ("northwind.co.uk", true),
            ("mail.northwind.com", true),
            ("co.uk", false),
            ("github.io", false),
            ("gmail.com", false),
            ("outlook.com", false),
        ] {
            assert_eq!(why_nobodys(&name.parse().unwrap()).is_none(), may, "{name}");
        }
    }

    #[test]
    fn the_list_is_in_order_and_of_domains() {
        assert!(FREEMAIL.is_sorted());
        assert!(FREEMAIL.iter().all(|name| name.parse::<DomainName>().is_ok()));
    }
}
