//! Other systems that hand contacts in: a supervisor gives them keys, says where they are told, and ends both. A secret stands
//! on the one answer that made it, and nowhere afterwards.

use askama::Template;
use axum::extract::{Form as Posted, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::Date;
use uuid::Uuid;

use plainsight_pages::components::{Button, Cell, CheckboxItem, ErrorSummary, Legend, RadioItem, Table, Tag, WarningText};
use plainsight_pages::{FieldErrors, Form, Language, Locale, Markup, Typed};
use plainsight_people::SignedIn;
use plainsight_vocabulary::Channel;

use super::{Desk, failed, whole};
use crate::acts::senders::{self, Decider};
use crate::sender::{LONGEST_NAME, PER_HOUR, Scope, Sender, WAYS};
use crate::trouble::Trouble;

/// Where the list is.
const LIST: &str = "/helpline/systems";
/// The most that anybody may agree on for an hour.
const MOST_PER_HOUR: u32 = 100_000;

#[derive(Template)]
#[template(path = "desk/systems.html")]
struct Systems<'a> {
    language: &'a Language,
    words: &'a Locale,
    table: Option<Table>,
}

#[derive(Template)]
#[template(path = "desk/systems_add.html")]
struct Add<'a> {
    language: &'a Language,
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    fields: Markup,
    id: Uuid,
}

#[derive(Template)]
#[template(path = "desk/system.html")]
struct One<'a> {
    language: &'a Language,
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    id: Uuid,
    /// Tells one sending of a form from another.
    form: Uuid,
    name: &'a str,
    facts: Vec<(&'static str, String)>,
    ended: Option<String>,
    keys: Option<Table>,
    /// Where its signed messages go.
    signs: Option<Signs>,
    hook: Markup,
    hook_state: String,
    told: bool,
}

struct Signs {
    path: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "desk/system_secret.html")]
struct Shown<'a> {
    words: &'a Locale,
    title: &'static str,
    lead: &'static str,
    warning: Markup,
    secret: &'a str,
    back: String,
}

#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ action }}"><input type="hidden" name="number" value="{{ number }}">{{ button }}</form>"#,
    ext = "html"
)]
struct EndKey<'a> {
    action: &'a str,
    number: u16,
    button: Button,
}

pub(super) async fn list(State(desk): State<Desk>, who: SignedIn, language: Language) -> Response {
    match listed(&desk, &who, &language).await {
        Ok(table) => {
            let words = &*language.locale;
            whole(&desk, &who, &language, &words.text("desk-systems"), false, &Systems { language: &language, words, table })
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn listed(desk: &Desk, who: &SignedIn, language: &Language) -> Result<Option<Table>, Trouble> {
    Decider::of(who)?;
    let words = &*language.locale;
    let all = senders::all(&desk.cabinet).await?;
    let row = |(id, sender): &(Uuid, Sender)| {
        let href = language.href(&format!("{LIST}/{id}"));
        let state = match sender.ended {
            Some(_) => Tag::new(words.text("desk-system-ended")).colour("grey"),
            None => Tag::new(words.text("desk-system-holds")).colour("green"),
        };
        vec![
            Cell::new(Markup::of(&Link { href: &href, text: &sender.name })),
            Cell::new(scopes(words, sender)),
            Cell::new(words.text(&format!("arrived-{}", sender.way)).into_owned()),
            Cell::new(Markup::from(state)),
        ]
    };
    let head = ["desk-system-name", "desk-system-may", "desk-system-way", "desk-system-state"].map(|id| words.text(id).into_owned());
    let table = Table::new(words.text("desk-systems-table")).head(head).rows(all.iter().map(row)).first_cell_is_header();
    Ok((!all.is_empty()).then_some(table))
}

#[derive(Template)]
#[template(source = r#"<a class="govuk-link" href="{{ href }}">{{ text }}</a>"#, ext = "html")]
struct Link<'a> {
    href: &'a str,
    text: &'a str,
}

fn scopes(words: &Locale, sender: &Sender) -> String {
    sender.scopes.iter().map(|scope| words.text(&format!("desk-scope-{}", scope.name())).into_owned()).collect::<Vec<_>>().join(", ")
}

pub(super) async fn ask(State(desk): State<Desk>, who: SignedIn, language: Language) -> Response {
    if let Err(error) = Decider::of(&who) {
        return failed(&desk, &language, &error);
    }
    let typed = Typed::from_pairs([("per_hour", PER_HOUR.to_string().as_str()), ("way", Channel::App.code())]);
    add_page(&desk, &who, &language, &typed, &FieldErrors::new())
}

fn add_page(desk: &Desk, who: &SignedIn, language: &Language, typed: &Typed, errors: &FieldErrors) -> Response {
    let words = &*language.locale;
    let form = Form::desk(words, typed, errors);
    let ways = WAYS.map(|way| RadioItem::new(way.code(), words.text(&format!("arrived-{way}"))));
    let scopes = Scope::ALL.iter().map(|scope| {
        let name = scope.name();
        CheckboxItem::new(name, words.text(&format!("desk-scope-{name}"))).hint(words.text(&format!("desk-scope-{name}-hint")))
    });
    let fields = Markup::join([
        form.input("name", "desk-system-name").hint(words.text("desk-system-name-hint")).autocomplete("off").into(),
        form.checkboxes_of("scopes", Legend::new(words.text("desk-system-may")), scopes).into(),
        form.radios_of("way", Legend::new(words.text("desk-system-way")), ways).into(),
        form.input("per_hour", "desk-system-per-hour").hint(words.text("desk-system-per-hour-hint")).inputmode("numeric").into(),
    ]);
    let id = Uuid::parse_str(typed.get("id")).unwrap_or_else(|_| desk.cabinet.new_id());
    let add = Add { language, words, summary: form.summary(), fields, id };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, whole(desk, who, language, &words.text("desk-system-add"), !errors.is_empty(), &add)).into_response()
}

pub(super) async fn add(State(desk): State<Desk>, who: SignedIn, language: Language, Posted(typed): Posted<Typed>) -> Response {
    let by = match Decider::of(&who) {
        Ok(by) => by,
        Err(error) => return failed(&desk, &language, &error),
    };
    let (sender, errors) = read(&typed, desk.cabinet.now().date());
    let Some(sender) = sender.filter(|_| errors.is_empty()) else { return add_page(&desk, &who, &language, &typed, &errors) };
    let id = Uuid::parse_str(typed.get("id")).unwrap_or_else(|_| desk.cabinet.new_id());
    match senders::add(&desk.cabinet, by, id, sender).await {
        Ok(Some(key)) => secret(&desk, &who, &language, id, "desk-system-key", "desk-system-key-lead", &key.text()),
        // Sent twice: its key was shown once already.
        Ok(None) => Redirect::to(&language.href(&format!("{LIST}/{id}"))).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// What was typed, and what has to be mended in it.
fn read(typed: &Typed, today: Date) -> (Option<Sender>, FieldErrors) {
    let mut errors = FieldErrors::new();
    let name = typed.given("name").filter(|name| name.chars().count() <= LONGEST_NAME);
    if name.is_none() {
        errors.add("name", "desk-system-wrong-name");
    }
    let scopes: Vec<Scope> = typed.all("scopes").iter().filter_map(|scope| Scope::parse(scope)).collect();
    if scopes.is_empty() {
        errors.add("scopes", "desk-system-wrong-scopes");
    }
    let way = Channel::from_code(typed.get("way")).filter(|way| WAYS.contains(way));
    if way.is_none() {
        errors.add("way", "desk-system-wrong-way");
    }
    let per_hour = typed.given("per_hour").and_then(|number| number.parse().ok()).filter(|number| (1..=MOST_PER_HOUR).contains(number));
    if per_hour.is_none() {
        errors.add("per_hour", "desk-system-wrong-per-hour");
    }
    let sender = name.zip(way).zip(per_hour).map(|((name, way), per_hour)| Sender::new(name, way, scopes, per_hour, today));
    (sender, errors)
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    match found(&desk, &who, id).await {
        Ok(sender) => page(&desk, &who, &language, (id, &sender), &Typed::default(), &FieldErrors::new()),
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn found(desk: &Desk, who: &SignedIn, id: Uuid) -> Result<Sender, Trouble> {
    Decider::of(who)?;
    senders::find(&desk.cabinet, id).await
}

fn page(desk: &Desk, who: &SignedIn, language: &Language, (id, sender): (Uuid, &Sender), typed: &Typed, errors: &FieldErrors) -> Response {
    let words = &*language.locale;
    let form = Form::desk(words, typed, errors);
    let day = |day: Date| words.date(day.midnight().assume_utc(), time::UtcOffset::UTC);
    let hook = form.input("address", "desk-system-hook").hint(words.text("desk-system-hook-hint")).kind("url").autocomplete("off");
    let hook_state = match &sender.hook {
        Some(hook) if hook.gone => words.with("desk-system-hook-gone", &[("address", hook.address.as_str().into())]),
        Some(hook) => words.with("desk-system-hook-on", &[("address", hook.address.as_str().into())]),
        None => words.text("desk-system-hook-off").into_owned(),
    };
    let one = One {
        language,
        words,
        summary: form.summary(),
        id,
        form: desk.cabinet.new_id(),
        name: &sender.name,
        facts: vec![
            ("desk-system-may", scopes(words, sender)),
            ("desk-system-way", words.text(&format!("arrived-{}", sender.way)).into_owned()),
            ("desk-system-per-hour", sender.per_hour.to_string()),
            ("desk-system-since", day(sender.since)),
        ],
        ended: sender.ended.map(|ended| words.with("desk-system-ended-on", &[("date", day(ended).as_str().into())])),
        keys: keys(language, id, sender),
        signs: sender
            .scopes
            .contains(&Scope::Messages)
            .then(|| Signs { path: format!("/api/v1/messages/{id}"), on: sender.signs.is_some() }),
        hook: hook.into(),
        hook_state,
        told: sender.hook.is_some(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, whole(desk, who, language, &sender.name, !errors.is_empty(), &one)).into_response()
}

fn keys(language: &Language, id: Uuid, sender: &Sender) -> Option<Table> {
    let words = &*language.locale;
    let day = |day: Date| words.date(day.midnight().assume_utc(), time::UtcOffset::UTC);
    let action = language.href(&format!("{LIST}/{id}"));
    let row = |key: &crate::sender::StoredKey| {
        let number = words.with("desk-system-key-number", &[("number", u32::from(key.number).into())]);
        let last = match key.ended {
            Some(ended) => Cell::new(words.with("desk-system-ended-on", &[("date", day(ended).as_str().into())])),
            None => {
                let label = words.with("desk-system-key-end", &[("number", u32::from(key.number).into())]);
                let button = Button::new(label).named("go", "end-key").secondary();
                Cell::new(Markup::of(&EndKey { action: &action, number: key.number, button }))
            }
        };
        vec![Cell::new(number), Cell::new(day(key.made)), last]
    };
    let head = ["desk-system-key-head", "desk-system-made", "desk-system-state"].map(|id| words.text(id).into_owned());
    let table = Table::new(words.text("desk-system-keys")).head(head).rows(sender.keys.iter().map(row)).first_cell_is_header();
    (!sender.keys.is_empty()).then_some(table)
}

pub(super) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let by = match Decider::of(&who) {
        Ok(by) => by,
        Err(error) => return failed(&desk, &language, &error),
    };
    let cabinet = &desk.cabinet;
    let form = Uuid::parse_str(typed.get("form")).unwrap_or_else(|_| cabinet.new_id());
    let again = || Redirect::to(&language.href(&format!("{LIST}/{id}"))).into_response();
    let done = match typed.get("go") {
        "key" => senders::new_key(cabinet, by, id, form)
            .await
            .map(|key| secret(&desk, &who, &language, id, "desk-system-key", "desk-system-key-lead", &key.text())),
        "end-key" => match typed.get("number").parse() {
            Ok(number) => senders::end_key(cabinet, by, id, number).await.map(|()| again()),
            Err(_) => Err(Trouble::NotFound),
        },
        "signing" => senders::new_signing(cabinet, by, id, form)
            .await
            .map(|made| secret(&desk, &who, &language, id, "desk-system-signing", "desk-system-signing-lead", &made.text())),
        "hook" => match typed.given("address").filter(|address| may_be_told(address)) {
            Some(address) => senders::set_hook(cabinet, by, id, form, Some(address.to_owned())).await.map(|made| {
                let made = made.map(|secret| secret.text()).unwrap_or_default();
                secret(&desk, &who, &language, id, "desk-system-hook-secret", "desk-system-hook-lead", &made)
            }),
            None => found(&desk, &who, id).await.map(|sender| {
                let mut errors = FieldErrors::new();
                errors.add("address", "desk-system-wrong-address");
                page(&desk, &who, &language, (id, &sender), &typed, &errors)
            }),
        },
        "unhook" => senders::set_hook(cabinet, by, id, form, None).await.map(|_| again()),
        "end" => senders::end(cabinet, by, id).await.map(|()| again()),
        _ => Err(Trouble::NotFound),
    };
    match done {
        Ok(answer) => answer,
        // Sent twice: what it made was shown once already.
        Err(Trouble::AlreadyFiled) => again(),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// Whether events may go there: over TLS, or to this machine, where a gateway may stand.
fn may_be_told(address: &str) -> bool {
    let Ok(uri) = address.parse::<axum::http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => ["localhost", "127.0.0.1", "[::1]"].contains(&host),
        _ => false,
    }
}

/// The one answer on which a secret stands: no address leads to it, and no cache keeps it.
fn secret(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, title: &'static str, lead: &'static str, secret: &str) -> Response {
    let words = &*language.locale;
    let warning = WarningText::new(words.text("desk-system-once"), words.text("warning-prefix").into_owned()).into();
    let back = language.href(&format!("{LIST}/{id}"));
    whole(desk, who, language, &words.text(title), false, &Shown { words, title, lead, warning, secret, back })
}

#[cfg(test)]
mod tests {
    use super::may_be_told;

    #[test]
    fn events_go_over_tls_or_stay_on_this_machine() {
        for good in [
            "https://example.org/hook",
            "https://example.org:8443/a?b=c",
            "http://localhost:9000/",
            "http://127.0.0.1/",
            "http://[::1]:1/x",
        ] {
            assert!(may_be_told(good), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "http://example.org/",
            "ftp://example.org/",
            "https://",
            "http://127.0.0.1.example.org/",
            "javascript:alert(1)",
        ] {
            assert!(!may_be_told(bad), "{bad}");
        }
    }
}
