//! Passwords of addresses, which no report passes on.

/// What ends the host of an address in running text.
fn ends_host(c: char) -> bool {
    matches!(c, '/' | '?' | '#' | '"' | '\\') || c.is_whitespace()
}

/// Whether an address in a text has something before the `@` of its host.
pub(super) fn has_credentials(text: &str) -> bool {
    let mut hosts = text.split("://").skip(1);
    hosts.any(|rest| {
        rest.split(ends_host)
            .next()
            .is_some_and(|host| host.contains('@'))
    })
}

/// Takes out what stands before the `@` of hosts.
pub(super) fn take_out(text: &mut String) {
    if !has_credentials(text) {
        return;
    }
    let mut clean = String::with_capacity(text.len());
    for (at, rest) in text.split("://").enumerate() {
        if at == 0 {
            clean.push_str(rest);
            continue;
        }
        clean.push_str("://");
        let host = rest.split(ends_host).next().unwrap_or_default();
        let start = host.rfind('@').map_or(0, |named| named + 1);
        clean.push_str(rest.get(start..).unwrap_or_default());
    }
    *text = clean;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_host_is_taken_out() {
        let check = |text: &str, expect: &str| {
            let mut clean = text.to_owned();
            take_out(&mut clean);
            assert_eq!(clean, expect);
        };
        check("http://me:se@cret@a.example/x@y", "http://a.example/x@y");
        check(
            "see https://me@a.example and ftp://b:c@d",
            "see https://a.example and ftp://d",
        );
        check(
            "https://a.example/@me?to=b@c.example",
            "https://a.example/@me?to=b@c.example",
        );
        check("пошта a@b.example", "пошта a@b.example");
    }
}
