//! Which proxy is asked through: as set, else as the environment says.

use url::Url;

use crate::fetch::Proxies;

use super::fetch_settings::ProxyChoice;
use super::network_values::proxy;

/// The proxies for http and https.
///
/// By the environment's conventions, as curl and others have them: `http_proxy`, `https_proxy`,
/// `all_proxy` and `no_proxy`, lower case before upper case. `HTTP_PROXY` in capitals is left
/// alone where `REQUEST_METHOD` is set: there it is a visitor's `Proxy:` header field, as CGI
/// hands it over (CVE-2016-5385, "httpoxy"). A variable that holds no proxy's address counts as
/// not set. `NO_PROXY` holds for a proxy that is set as well.
///
/// # Examples
///
/// ```
/// use citecheck::config::{ProxyChoice, proxies};
///
/// let environment = |name: &str| (name == "ALL_PROXY").then(|| "proxy.example:3128".to_owned());
/// let found = proxies(&ProxyChoice::Environment, &[], &environment);
/// assert_eq!(found.https.unwrap().as_str(), "http://proxy.example:3128/");
/// ```
#[must_use]
pub fn proxies(
    choice: &ProxyChoice,
    bypass: &[String],
    variable: &dyn Fn(&str) -> Option<String>,
) -> Proxies {
    let read = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    let either = |name: &str| read(name).or_else(|| read(&name.to_ascii_uppercase()));
    let (http, https) = match choice {
        ProxyChoice::Direct => return Proxies::default(),
        ProxyChoice::Through(url) => (Some(url.clone()), Some(url.clone())),
        ProxyChoice::Environment => {
            let all = either("all_proxy");
            let cgi = variable("REQUEST_METHOD").is_some();
            let http = if cgi {
                read("http_proxy")
            } else {
                either("http_proxy")
            };
            let address = |text: Option<String>| -> Option<Url> { proxy(&text?).ok() };
            (
                address(http.or_else(|| all.clone())),
                address(either("https_proxy").or(all)),
            )
        }
    };
    if http.is_none() && https.is_none() {
        return Proxies::default();
    }
    let excepted = either("no_proxy").unwrap_or_default();
    let excepted = excepted.split([',', ' ']).map(str::trim);
    let excepted = excepted.filter(|name| !name.is_empty()).map(str::to_owned);
    Proxies {
        http,
        https,
        bypass: bypass.iter().cloned().chain(excepted).collect(),
    }
}
