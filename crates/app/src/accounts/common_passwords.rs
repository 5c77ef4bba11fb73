//! The passwords of at least fifteen characters that the lists of leaked ones have most often, and those that every
//! article about passwords made known. What is only a word again and again the rules beside this know by themselves.

/// In small letters, without what stands between words.
const COMMON: &[&str] = &[
    "1234567890123456",
    "12345678901234567890",
    "123456789123456789",
    "123456789abcdefg",
    "123456789qwerty",
    "1q2w3e4r5t6y7u8i",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv",
    "1qaz2wsx3edc4rfv5tgb",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "1qazxsw23edcvfr4",
    "abcdefghijklmnop",
    "allyouneedislove",
    "asdfghjklzxcvbnm",
    "batterystaplecorrecthorse",
    "becauseiloveyou",
    "champagnesupernova",
    "chelseafootballclub",
    "christopherrobin",
    "correcthorsebattery",
    "correcthorsebatterystaple",
    "correcthorsebatterystaples",
    "donaldduckmickeymouse",
    "everythinghappensforareason",
    "forgetmypassword",
    "foreverandalways",
    "godisgoodallthetime",
    "goodmorningamerica",
    "happilyeverafter",
    "iamthegreatest123",
    "ihatepasswords123",
    "iloveyouforever",
    "iloveyousomuch1",
    "iloveyousomuchbaby",
    "jesuschristismylord",
    "jesuschristsuperstar",
    "letmeinrightnow",
    "leonardodicaprio",
    "livelaughlovelife",
    "lordoftherings123",
    "manchesterunited",
    "manchesterunited1",
    "maytheforcebewithyou",
    "mycathasnoname1",
    "mypasswordissecret",
    "mypasswordispassword",
    "newyorkyankees1",
    "nothingtoworryabout",
    "onceuponatime123",
    "openyourmindnow",
    "poiuytrewqlkjhgfdsa",
    "pleaseletmein123",
    "qazwsxedcrfvtgb",
    "qazwsxedcrfvtgbyhnujm",
    "qwerty1234567890",
    "qwertyasdfghzxcvbn",
    "qwertyuiop123456",
    "qwertyuiop1234567890",
    "qwertyuiopasdfghjkl",
    "qwertyuiopasdfghjklzxcvbnm",
    "rememberthetitans",
    "slipknotmetallica",
    "supercalifragilisticexpialidocious",
    "teenagemutantninjaturtles",
    "thequickbrownfox",
    "thequickbrownfoxjumpsoverthelazydog",
    "thisisapassword",
    "thisisasecurepassword",
    "thisismypassword",
    "thisismypassword1",
    "thisisnotapassword",
    "tobeornottobethatisthequestion",
    "twilightnewmoon",
    "unitedstatesofamerica",
    "whatismypassword",
    "whatsmypassword1",
    "whoisyourdaddyandwhatdoeshedo",
    "youshallnotpass",
    "youwillneverguess",
    "zaq12wsxcde34rfv",
    "zxcvbnmasdfghjkl",
    "zxcvbnmasdfghjklqwertyuiop",
];

/// Whether a password is one of them, however its words are set apart and its letters are large or small.
pub(super) fn is_common(password: &str) -> bool {
    let plain: String =
        password.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    COMMON.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::SHORTEST_PASSWORD;
    use super::*;

    #[test]
    fn the_list_is_in_the_form_that_is_compared() {
        for known in COMMON {
            assert!(is_common(known), "{known}");
            assert!(known.len() >= SHORTEST_PASSWORD, "{known}");
        }
        for typed in ["Correct-Horse-Battery-Staple", "correct horse battery staple!", "THIS is my_password"]
        {
            assert!(is_common(typed), "{typed}");
        }
        assert!(!is_common("violet kettle nine drums"));
    }
}
