use actix_web::HttpRequest;
use actix_web::web::Data;
use url::Url;

use crate::Problem;
use crate::problem::Code;

/// Where this installation's pages are, as browsers name it.
#[derive(Debug, Clone)]
pub struct Site {
    public_url: String,
    origin: String,
}

impl Site {
    /// The site at that address.
    pub fn new(public_url: &str) -> Self {
        let origin = Url::parse(public_url).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        Self { public_url: public_url.trim_end_matches('/').to_owned(), origin }
    }

    /// The address of a path of ours.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Whether an `Origin` is this site: the one it is known by, or the very host that was asked. A page of another
    /// site can set neither header.
    fn is(&self, origin: &str, host: Option<&str>) -> bool {
        let authority = || origin.split_once("://").map(|(_, authority)| authority);
        origin == self.origin || (host.is_some() && authority() == host)
    }
}

/// Refuses a request that may change something and does not come from one of our pages. `Sec-Fetch-Site` says so in
/// every current browser, `Origin` in every older one; a request with neither is no browser's, and programs use keys.
pub(crate) fn refuse_foreign(request: &HttpRequest) -> Result<(), Problem> {
    if request.method().is_safe() {
        return Ok(());
    }
    let site = request.app_data::<Data<Site>>().ok_or_else(Problem::internal)?;
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let fetch = header("sec-fetch-site").map(|from| from == "same-origin");
    let origin = header("origin").map(|origin| site.is(origin, header("host")));
    match (fetch, origin) {
        (Some(false), _) | (_, Some(false)) | (None, None) => Err(Code::CrossSite.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn refuses(headers: &[(&'static str, &'static str)]) -> bool {
        let mut request = TestRequest::post().app_data(Data::new(Site::new("https://answerable.example/")));
        for header in headers {
            request = request.insert_header(*header);
        }
        refuse_foreign(&request.to_http_request()).is_err()
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        let host = ("host", "127.0.0.1:8400");
        assert!(refuses(&[host]));
        assert!(refuses(&[host, ("origin", "null")]));
        assert!(refuses(&[host, ("origin", "")]));
        assert!(refuses(&[host, ("origin", "https://evil.example")]));
        assert!(refuses(&[host, ("origin", "https://answerable.example.evil.example")]));
        assert!(refuses(&[host, ("origin", "http://answerable.example")]));
        assert!(refuses(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(refuses(&[host, ("sec-fetch-site", "same-site"), ("origin", "https://answerable.example")]));
        assert!(refuses(&[host, ("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")]));
        assert!(!refuses(&[host, ("origin", "https://answerable.example")]));
        assert!(!refuses(&[host, ("origin", "http://127.0.0.1:8400")]));
        assert!(!refuses(&[host, ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn reading_needs_no_proof() {
        let request = TestRequest::get().to_http_request();
        assert!(refuse_foreign(&request).is_ok());
    }
}
