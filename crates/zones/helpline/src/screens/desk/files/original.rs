//! The way to an original: asked for with a reason, agreed to by a second person, opened once. The password was typed just now.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{ErrorItem, ErrorMessage, ErrorSummary, NotificationBanner, SummaryList, SummaryRow, Textarea};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::card::size;
use super::{home, path};
use crate::acts::custody::{Evidence, answer, ask, may_agree, may_ask, open};
use crate::acts::open::hold_folder;
use crate::attached::CustodyStep;
use crate::custody::{Asking, COUNTS_FOR, Standing};
use crate::exhibit::Exhibit;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::message::From;
use crate::reference::file_reference;
use crate::report::LONGEST_TEXT;
use crate::screens::desk::{Desk, Names, failed, names, whole, works_here};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/files/original.html")]
struct Page<'a> {
    words: &'a Locale,
    notice: Option<Markup>,
    summary: Option<ErrorSummary>,
    reference: String,
    facts: SummaryList,
    /// As the sender called it: shown to those who may have the original.
    name: Option<&'a str>,
    action: String,
    key: String,
    back: String,
    continuity: String,
    /// The reason, where this member may ask.
    ask: Option<Textarea>,
    /// A second person is needed.
    second: bool,
    mine: Vec<Mine>,
    theirs: Vec<Theirs>,
    steps: Vec<String>,
}

/// One's own asking, which counts now.
struct Mine {
    id: Uuid,
    said: String,
    may_open: bool,
}

/// A colleague's asking, which waits for a second person.
struct Theirs {
    id: Uuid,
    said: String,
    reason: String,
    field: Textarea,
}

#[derive(Template)]
#[template(path = "desk/files/opened.html")]
struct Opened<'a> {
    words: &'a Locale,
    reference: String,
    hash: String,
    address: String,
    back: String,
}

/// What was sent that could not be taken.
#[derive(Default)]
struct Again {
    field: String,
    typed: String,
    problems: Vec<(&'static str, String)>,
    notice: Option<&'static str>,
}

pub(in crate::screens::desk) async fn show(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path((folder, file)): Path<(Uuid, Uuid)>,
) -> Response {
    page(&desk, &who, &language, (folder, file), Again::default()).await
}

async fn page(desk: &Desk, who: &SignedIn, language: &Language, ids: (Uuid, Uuid), again: Again) -> Response {
    match built(desk, who, language, ids, &again).await {
        Ok(answer) => answer,
        Err(error) => failed(desk, language, &error),
    }
}

async fn built(desk: &Desk, who: &SignedIn, language: &Language, (folder, file): (Uuid, Uuid), again: &Again) -> Result<Response, Trouble> {
    works_here(who)?;
    let words = &*language.locale;
    let (_, header) = hold_folder(&desk.cabinet, who, folder).await?;
    let evidence = Evidence::read(&desk.cabinet, who, folder).await?;
    let exhibit = evidence.exhibit(file)?;
    let (asks, agrees) = (may_ask(who, exhibit.file), may_agree(who));
    if !asks && !agrees {
        return Err(Trouble::NotFound);
    }
    let names = names(desk).await?;
    let now = desk.cabinet.now();
    let standing = |asking: &Asking| asking.standing(exhibit.file.from, now);
    let askings = evidence.askings(&exhibit);
    let until = |asking: &Asking| desk.clock(asking.at + COUNTS_FOR);
    let mine: Vec<Mine> = askings
        .iter()
        .filter(|asking| asking.member == who.member.id && matches!(standing(asking), Standing::Waits | Standing::MayOpen))
        .map(|asking| {
            let may_open = standing(asking) == Standing::MayOpen;
            let id = if may_open { "evidence-may-open" } else { "evidence-waits-for-second" };
            Mine { id: asking.id, said: words.with(id, &[("time", until(asking).as_str().into())]), may_open }
        })
        .collect();
    let theirs = askings
        .iter()
        .filter(|asking| agrees && asking.member != who.member.id && standing(asking) == Standing::Waits)
        .map(|asking| {
            let name = names.of(words, asking.member);
            let said = words.with("evidence-asks", &[("name", name.as_str().into()), ("time", until(asking).as_str().into())]);
            Theirs { id: asking.id, said, reason: asking.reason.clone(), field: reason(words, &format!("answer-{}", asking.id), again) }
        })
        .collect();
    let page = Page {
        words,
        notice: again.notice.map(|id| NotificationBanner::new(words.text("notice-title").into_owned(), words.text(id)).into()),
        summary: again.problems.first().map(|(_, problem)| {
            ErrorSummary::new(words.text("error-summary-title").into_owned(), [ErrorItem::new(problem.clone(), &again.field)])
        }),
        reference: file_reference(file),
        facts: facts(desk, words, &names, &exhibit),
        name: asks.then_some(exhibit.file.name.as_str()).filter(|name| !name.is_empty()),
        action: language.href(&path(folder, file, "original")),
        key: FormKey::new(&desk.cabinet).to_field(),
        back: language.href(&home(folder, header.is_case(), file)),
        continuity: language.href(&path(folder, file, "continuity")),
        ask: (asks && mine.is_empty()).then(|| reason(words, "reason", again)),
        second: exhibit.file.from == From::Reporter,
        mine,
        theirs,
        steps: steps(desk, words, &names, &evidence, &exhibit),
    };
    let status = if again.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = words.text("evidence-original").into_owned();
    Ok((status, whole(desk, who, language, &title, !again.problems.is_empty(), &page)).into_response())
}

fn reason(words: &Locale, field: &str, again: &Again) -> Textarea {
    let problem = again.problems.first().filter(|_| again.field == field);
    let error = problem.map(|(_, text)| ErrorMessage::new(text.clone(), words.text("error-prefix").into_owned()));
    let value = if again.field == field { again.typed.as_str() } else { "" };
    Textarea::new(field).label(words.text("evidence-reason").into_owned()).value(value).error(error).rows(2)
}

/// What a court asks first: which file, how it came, and its hash.
pub(super) fn facts(desk: &Desk, words: &Locale, names: &Names, exhibit: &Exhibit<'_>) -> SummaryList {
    let file = exhibit.file;
    let by = match file.member {
        Some(member) => words.with("desk-file-by", &[("name", names.of(words, member).as_str().into())]),
        None => words.text("desk-file-from-reporter").into_owned(),
    };
    let rows = [
        ("evidence-came-from", by),
        ("evidence-came-at", words.date_time(file.at, desk.offset(file.at))),
        ("evidence-size", size(words, file.size)),
        ("evidence-hash-original", data_encoding::HEXLOWER.encode(&file.hash)),
    ];
    SummaryList::new(rows.map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value)))
}

/// What was done on the way to the original, each with its reason, in order.
pub(super) fn steps(desk: &Desk, words: &Locale, names: &Names, evidence: &Evidence, exhibit: &Exhibit<'_>) -> Vec<String> {
    let line = |(id, custody): &(Uuid, &crate::attached::Custody)| {
        let did = match custody.step {
            CustodyStep::Asked => "evidence-step-asked",
            CustodyStep::Agreed(_) => "evidence-step-agreed",
            CustodyStep::Refused(_) => "evidence-step-refused",
            CustodyStep::Opened(_) => "evidence-step-opened",
        };
        let name = names.of(words, custody.member);
        let when = words.date_time(custody.at, desk.offset(custody.at));
        let said = [("name", name.as_str().into()), ("date", when.as_str().into()), ("reason", custody.reason.as_str().into())];
        let signed = words.text(if evidence.is_by(*id, custody.member) { "evidence-signed" } else { "evidence-not-signed" });
        format!("{} {signed}", words.with(did, &said))
    };
    exhibit.custody.iter().map(line).collect()
}

pub(in crate::screens::desk) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path((folder, file)): Path<(Uuid, Uuid)>,
    body: Bytes,
) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    let fields = Fields::parse(&body);
    let asked = fields.get("asked").and_then(|id| Uuid::parse_str(id).ok()).unwrap_or_default();
    let go = fields.get("go").unwrap_or_default();
    let field = if go == "ask" { "reason".to_owned() } else { format!("answer-{asked}") };
    let typed = fields.text(&field);
    let problem = match typed.chars().count() {
        _ if go == "open" => None,
        0 => Some(language.locale.text("desk-error-empty").into_owned()),
        _ if typed.trim().is_empty() => Some(language.locale.text("desk-error-empty").into_owned()),
        count if count > LONGEST_TEXT => Some(language.locale.with("desk-error-too-long", &[("longest", LONGEST_TEXT.into())])),
        _ => None,
    };
    if let Some(problem) = problem {
        let again = Again { field, typed, problems: vec![("reason", problem)], notice: None };
        return page(&desk, &who, &language, (folder, file), again).await;
    }
    let written = Written { text: typed, form: fields.get("form").and_then(FormKey::from_field) };
    let done = match go {
        "ask" => ask(&desk.cabinet, &who, (folder, file), written).await.map(drop),
        "agree" | "refuse" => answer(&desk.cabinet, &who, (folder, file, asked), go == "agree", written).await,
        "open" => return opened(&desk, &who, &language, (folder, file, asked)).await,
        _ => Err(Trouble::NotFound),
    };
    after(&desk, &who, &language, (folder, file), done).await
}

async fn after(desk: &Desk, who: &SignedIn, language: &Language, ids: (Uuid, Uuid), done: Result<(), Trouble>) -> Response {
    let notice = match done {
        Ok(()) => return Redirect::to(&language.href(&path(ids.0, ids.1, "original"))).into_response(),
        Err(Trouble::AskingOver) => "evidence-over",
        Err(Trouble::NeedsSecondPerson) => "evidence-needs-second",
        Err(error) => return failed(desk, language, &error),
    };
    page(desk, who, language, ids, Again { notice: Some(notice), ..Again::default() }).await
}

/// The one page from which the original is fetched, once.
async fn opened(desk: &Desk, who: &SignedIn, language: &Language, (folder, file, asked): (Uuid, Uuid, Uuid)) -> Response {
    let token = async {
        let files = desk.files.as_ref().ok_or(Trouble::NotFound)?;
        let evidence = Evidence::read(&desk.cabinet, who, folder).await?;
        let hash = data_encoding::HEXLOWER.encode(&evidence.exhibit(file)?.file.hash);
        Ok((hash, files.address(&open(&desk.cabinet, &files.tickets, who, (folder, file, asked)).await?)))
    };
    let words = &*language.locale;
    match token.await {
        Ok((hash, address)) => {
            let back = language.href(&path(folder, file, "original"));
            let page = Opened { words, reference: file_reference(file), hash, address, back };
            whole(desk, who, language, &words.text("evidence-original"), false, &page)
        }
        Err(error) => after(desk, who, language, (folder, file), Err(error)).await,
    }
}
