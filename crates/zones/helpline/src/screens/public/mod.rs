//! The report site: a few open pages, and one neutral path for everything a reporter does.

pub(crate) mod cache;
mod card;
mod files;
mod help;
pub(crate) mod mailbox;
mod parts;
mod pictures;
mod privacy;
mod questions;
pub(crate) mod routes;
mod view;

use std::borrow::Cow;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use plainsight_pages::components::Details;
use plainsight_pages::{Language, Locale, Markup, PublicPage};
use plainsight_vocabulary::{Promise, Setting, SettingSigns, Sign};

use crate::screens::posted::{LARGEST_FORM, Posted};
use crate::site::Site;

/// The routes of the report site.
pub(crate) fn router(site: Site) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/now", get(now))
        .route("/signs", get(signs))
        .route("/signs/{setting}", get(setting))
        .route("/card", get(card))
        .route("/privacy", get(privacy))
        .route("/complain", get(complain))
        .route("/help", post(help_post).get(help_get))
        .route("/help/part", post(parts::part))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .with_state(site)
}

#[derive(Template)]
#[template(path = "public/start.html")]
struct Start<'a> {
    language: &'a Language,
    words: &'a Locale,
    emergency: &'a str,
    call: String,
    /// Whether the operator promises to tell no employer.
    no_employer: Option<Cow<'a, str>>,
    /// How long reading takes.
    within: Option<String>,
    hours: Option<String>,
}

#[derive(Template)]
#[template(path = "public/signs.html")]
struct Signs<'a> {
    language: &'a Language,
    words: &'a Locale,
    settings: &'static [Setting],
}

#[derive(Template)]
#[template(path = "public/setting.html")]
struct OneSetting<'a> {
    language: &'a Language,
    words: &'a Locale,
    setting: &'a Setting,
    signs: SettingSigns,
    more: Markup,
}

#[derive(Template)]
#[template(
    source = r#"<ul class="govuk-list ps-signs">{% for sign in signs %}<li>{{ pictures::picture(*sign.category) }} <span>{{ words.text(&*sign.witness_key()) }}</span></li>{% endfor %}</ul>"#,
    ext = "html"
)]
struct MoreSigns<'a> {
    words: &'a Locale,
    signs: &'a [&'static Sign],
}

#[derive(Template)]
#[template(
    source = r#"<ul class="govuk-list govuk-list--bullet">{% for promise in promises %}<li>{{ words.text(&*promise.key()) }}</li>{% endfor %}</ul>"#,
    ext = "html"
)]
struct PromiseList<'a> {
    words: &'a Locale,
    promises: &'a [Promise],
}

/// What the operator promises today; nothing at all where nobody ticked anything.
fn promises(site: &Site, words: &Locale) -> Markup {
    let promises = site.promised();
    if promises.is_empty() { Markup::default() } else { Markup::of(&PromiseList { words, promises: &promises }) }
}

async fn front(State(site): State<Site>, language: Language, request: HeaderMap) -> Response {
    keep(&site, &language, &request, "/", || {
        let words = &*language.locale;
        let emergency = site.emergency_number();
        let call = words.with("start-danger-call", &[("number", emergency.into())]);
        let hours = routes::reading_hours(&site, words, site.cabinet.now());
        let within = view::reads_within(&site, words);
        let no_employer = site.promised().contains(&Promise::NoEmployer).then(|| words.text(&Promise::NoEmployer.key()));
        page(&site, &language, "/", &Start { language: &language, words, emergency, call, no_employer, within, hours })
    })
}

async fn now(State(site): State<Site>, language: Language, request: HeaderMap) -> Response {
    keep(&site, &language, &request, "/now", || {
        page(&site, &language, "/now", &routes::Now::new(&site, &language.locale, site.cabinet.now()))
    })
}

async fn card(State(site): State<Site>, language: Language, request: HeaderMap) -> Response {
    keep(&site, &language, &request, "/card", || {
        page(&site, &language, "/card", &card::Papers::new(&site, &language.locale, site.cabinet.now()))
    })
}

async fn privacy(State(site): State<Site>, language: Language, request: HeaderMap) -> Response {
    keep(&site, &language, &request, "/privacy", || page(&site, &language, "/privacy", &privacy::Privacy::new(&site, &language)))
}

/// The form itself, not a kept page: each that is drawn has a key of its own, so that a complaint is stored once.
async fn complain(State(site): State<Site>, language: Language) -> Response {
    let view = help::complain(&site, language.locale.tag());
    view::respond(&site, &language, view).await
}

async fn signs(State(site): State<Site>, language: Language, request: HeaderMap) -> Response {
    let settings = plainsight_vocabulary::settings();
    keep(&site, &language, &request, "/signs", || {
        page(&site, &language, "/signs", &Signs { language: &language, words: &language.locale, settings })
    })
}

async fn setting(State(site): State<Site>, language: Language, Path(setting): Path<String>, request: HeaderMap) -> Response {
    let Some(setting) = plainsight_vocabulary::setting(&setting) else { return StatusCode::NOT_FOUND.into_response() };
    let path = format!("/signs/{}", setting.id);
    keep(&site, &language, &request, &path, || {
        let words = &*language.locale;
        let signs = plainsight_vocabulary::signs_for(setting);
        let more = if signs.more.is_empty() {
            Markup::default()
        } else {
            Details::new(words.text("signs-more"), Markup::of(&MoreSigns { words, signs: &signs.more })).into()
        };
        page(&site, &language, &path, &OneSetting { language: &language, words, setting, signs, more })
    })
}

/// Somebody typed the address, or the browser lost the form: begin at the first page.
async fn help_get(language: Language) -> Redirect {
    Redirect::to(&language.href("/"))
}

async fn help_post(State(site): State<Site>, mut language: Language, request: Request) -> Response {
    let mut posted = match Posted::open(request).await {
        Ok(posted) => posted,
        Err(refused) => return refused,
    };
    let arrived = match files::receive(&site, &mut posted).await {
        Ok(arrived) => arrived,
        Err(error) => return error.into_response(),
    };
    let mut fields = posted.fields;
    // What was to be done did not come: the page is shown again with what did.
    if arrived.cut {
        fields.set("go", "stay");
    }
    // The language menu of a form is a button: it posts what was typed and comes back in the other language.
    if let Some(other) = fields.get("go").and_then(|go| go.strip_prefix("language-")).and_then(|tag| site.locales.find(tag)) {
        language = Language { locale: other, chosen: true };
        fields.set("go", "stay");
    }
    let view = help::step(&site, &fields, arrived, language.locale.tag()).await;
    view::respond(&site, &language, view).await
}

fn keep(site: &Site, language: &Language, request: &HeaderMap, path: &str, make: impl FnOnce() -> String) -> Response {
    let minute = site.cabinet.now().unix_timestamp().div_euclid(60);
    let address = format!("{}{}{path}", language.locale.tag(), if language.chosen { "!" } else { "" });
    site.kept.get(&address, minute, request, make)
}

/// A whole page. `path` is where the language menu leads.
fn page(site: &Site, language: &Language, path: &str, body: &impl Template) -> String {
    render(&PublicPage::new(&site.face, language, path, body))
}

/// A template of ours that does not render is a mistake of ours: it is logged, and the place stays empty.
fn render(page: &impl Template) -> String {
    page.render().unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be rendered");
        String::new()
    })
}

fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}
