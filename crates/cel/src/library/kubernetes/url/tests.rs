use proptest::proptest;

use super::parse::{request_then_reference, request_uri};

/// scheme | host | hostname | port | path | query | whole
fn check(text: &str, expected: &str) {
    let shown = match request_then_reference(text) {
        Ok(url) => {
            let (name, port) = url.host_and_port();
            let query: Vec<String> = url
                .query_values()
                .into_iter()
                .map(|(key, values)| format!("{key}={}", values.join(",")))
                .collect();
            let parts = [
                url.scheme.clone(),
                url.host_text(),
                name,
                port,
                url.escaped_path(),
                query.join("&"),
                url.print(),
            ];
            parts.join(" | ")
        }
        Err(error) => error,
    };
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn urls_are_taken_apart_as_go_does() {
    check(
        "https://example.com:80/path?a=b&a=c",
        "https | example.com:80 | example.com | 80 | /path | a=b,c | https://example.com:80/path?a=b&a=c",
    );
    check(
        "HTTPS://[::1]:80/with%20space#frag",
        "https | [::1]:80 | ::1 | 80 | /with%20space |  | https://[::1]:80/with%20space#frag",
    );
    check("/abs/path", " |  |  |  | /abs/path |  | /abs/path");
    check("mailto:a@b", "mailto |  |  |  |  |  | mailto:a@b");
    check("https://u:p@h/?q=%20x+y;&k", "https | h | h |  | / | k= | https://u:p@h/?q=%20x+y;&k");
    check("https://h?", "https | h | h |  |  |  | https://h?");
    check("*", " |  |  |  | * |  | *");
}

#[test]
fn what_is_no_url() {
    check("", "parse \"\": empty url");
    check("../relative", "parse \"../relative\": invalid URI for request");
    check(":80", "parse \":80\": missing protocol scheme");
    check("https://a b/", "parse \"https://a b/\": invalid character \" \" in host name");
    check("https://h:port/", "parse \"https://h:port/\": invalid port \":port\" after host");
    check("https://h/%zz", "parse \"https://h/%zz\": invalid URL escape \"%zz\"");
    check("https://[::1", "parse \"https://[::1\": missing ']' in host");
    check("https://[1.2.3.4]/", "parse \"https://[1.2.3.4]/\": invalid IP-literal");
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,30}", web in "https?://[\\[\\]:@%/?#a-f0-9.]{0,20}") {
        for text in [text, web] {
            drop(request_uri(&text));
            if let Ok(url) = request_then_reference(&text) {
                drop((url.print(), url.host_and_port(), url.query_values()));
            }
        }
    }
}
