//! Walls that stand in a page's place with status 200: logins, consent, bot checks, payment.

use super::pages::{PARAGRAPHS, page};
use super::{Reply, answer, html, html_with};

pub(crate) fn reply(name: &str) -> Option<Reply> {
    wall(name).or_else(|| other_owner(name))
}

fn wall(name: &str) -> Option<Reply> {
    let titled = |title: &str, body: &str| html(page(title, body));
    let short = |status, title: &str, body: &str| {
        Reply::Bytes(answer(status, "Content-Type: text/html", page(title, body)))
    };
    Some(match name {
        "login" => titled(
            "Log in",
            "<form method=post action=/session><label>E-mail <input name=email></label><label>\
             Password <input type=password name=password></label><button>Log in</button></form>",
        ),
        "consent" => titled(
            "Before you continue",
            "<form action=/save><p>We and our partners store cookies.</p><button>Reject all\
             </button><button>Accept all</button></form>",
        ),
        "challenge-200" => html_with(
            "cf-mitigated: challenge\nServer: cloudflare",
            page(
                "Just a moment...",
                "<script>window._cf_chl_opt={cvId:'3'}</script>",
            ),
        ),
        "challenge-body" => short(
            503,
            "Just a moment...",
            "<noscript>Enable JavaScript and cookies to continue</noscript><script>(function(){\
             window._cf_chl_opt={cvId:'3',cZone:'x'};var a=document.createElement('script');\
             a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1'})()</script>",
        ),
        "datadome" => short(
            403,
            "hostile.example",
            "<script>var dd={'rt':'c','cid':'x','hsh':'y','t':'fe','s':1,'host':'geo.\
             captcha-delivery.com'}</script><script src=https://ct.captcha-delivery.com/c.js>\
             </script>",
        ),
        "aws" => Reply::Bytes(answer(
            202,
            "Content-Type: text/html\nx-amzn-waf-action: challenge",
            "<script src=/challenge.js></script>",
        )),
        "vercel" => Reply::Bytes(answer(
            429,
            "Content-Type: text/html\nx-vercel-mitigated: challenge",
            page("Vercel Security Checkpoint", ""),
        )),
        "paywall" => html(page("The mill turns again", PARAGRAPHS).replace(
            "<h1>",
            "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\"\
                 :\"NewsArticle\",\"headline\":\"The mill turns again\",\"isAccessibleForFree\":\
                 \"False\"}</script><h1>",
        )),
        "paid-402" => short(402, "Subscribe", "<p>Read on with a subscription.</p>"),
        "proxy-407" => short(407, "Proxy", "<p>Proxy authentication required.</p>"),
        _ => return None,
    })
}

/// What stands under an address that changed hands, or that nobody looks after.
fn other_owner(name: &str) -> Option<Reply> {
    let titled = |title: &str, body: &str| html(page(title, body));
    Some(match name {
        "gambling" => html(
            "<html lang=id><head><title>Situs Slot Gacor Online Resmi | Judi Bola Terpercaya\
             </title><meta name=description content=\"Daftar slot gacor hari ini, situs judi online\
              terpercaya dengan RTP tertinggi\"></head><body><h1>Slot Gacor Maxwin Hari Ini</h1>\
             <p>Daftar situs slot online gacor dan judi bola resmi dengan bonus new member 100%. \
             Main slot, togel, casino online, deposit pulsa tanpa potongan, gampang maxwin.</p>\
             <a href=/daftar>DAFTAR</a> <a href=/login>LOGIN</a><p>Link alternatif slot gacor, RTP \
             live, bandar togel, poker online, sabung ayam.</p></body></html>",
        ),
        "server-default" => titled(
            "Welcome to nginx!",
            "<p>If you see this page, the nginx web server is successfully installed and working. \
             Further configuration is required.</p>",
        ),
        "suspended" => titled(
            "Account Suspended",
            "<p>This account has been suspended. Contact your hosting provider for more \
             information.</p>",
        ),
        "github-pages" => Reply::Bytes(answer(
            404,
            "Content-Type: text/html",
            page(
                "Site not found · GitHub Pages",
                "<p>There isn't a GitHub Pages site here.</p>",
            ),
        )),
        "database" => titled(
            "Database Error",
            "<p>Error establishing a database connection</p>",
        ),
        _ => return None,
    })
}
