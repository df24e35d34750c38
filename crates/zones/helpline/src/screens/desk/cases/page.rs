//! One case: its contacts, what was decided and why, what happened in which order, the cases that have to do with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use plainsight_pages::components::{ErrorSummary, NotificationBanner, Tag, Timeline, TimelineItem};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::forms::{Form, Sent, forms};
use crate::acts::case::{CaseFolder, OpenCase, open};
use crate::case::{Decision, Entry, What};
use crate::exhibit::exhibits;
use crate::form::FormKey;
use crate::header::Header;
use crate::records::{SUPERVISOR, ZONE};
use crate::reference::{case_reference, reference};
use crate::screens::bits;
use crate::screens::desk::{Desk, Names, asked, due_words, failed, files, left, names, rows, summary, teams, whole, works_here};
use crate::search::library::View;
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/cases/page.html")]
struct Page<'a> {
    words: &'a Locale,
    notice: Option<Markup>,
    summary: Option<ErrorSummary>,
    reference: String,
    title: String,
    tags: Markup,
    next: String,
    due: String,
    contacts: Markup,
    forms: Vec<Form>,
    action: String,
    /// Tells one sending of the page's forms from another.
    key: String,
    timeline: Markup,
    hands: String,
    mine: bool,
    related: Vec<Link>,
    merged: Vec<Link>,
    /// What somebody asks about their data.
    asked: Option<Markup>,
    /// The files that were put into the case, and into those merged into it.
    files: Vec<File>,
    put: Markup,
}

struct File {
    title: String,
    at: String,
    card: Markup,
}

struct Link {
    href: String,
    reference: String,
    title: String,
    note: String,
}

pub(in crate::screens::desk) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    page(&desk, &who, &language, id, Sent::default()).await
}

/// The page of a case, with what a form sent that could not be taken.
pub(super) async fn page(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, sent: Sent) -> Response {
    let status = if sent.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    match build(desk, who, language, id, &sent).await {
        Ok(page) => (status, whole(desk, who, language, &case_reference(id), !sent.problems.is_empty(), &page)).into_response(),
        Err(error) => failed(desk, language, &error),
    }
}

async fn build<'a>(desk: &Desk, who: &SignedIn, language: &'a Language, id: Uuid, sent: &Sent) -> Result<Page<'a>, Trouble> {
    works_here(who)?;
    let words = &*language.locale;
    let opened = open(&desk.cabinet, who, id).await?;
    let main = opened.main().ok_or(Trouble::NotFound)?;
    for folder in &opened.folders {
        files::clean(desk, who, folder.id, &folder.files).await;
    }
    desk.read_new(who).await;
    let view = desk.library.view(who);
    let names = names(desk).await?;
    let held = teams(who);
    let header = |id: Uuid| desk.index.header(&held, id).map(|header| (id, header));
    let contacts: Vec<(Uuid, Header)> = opened.together.contacts.iter().filter_map(|id| header(*id)).collect();
    let link = |id: Uuid, note: String| Link {
        href: language.href(&format!("/helpline/cases/{id}")),
        reference: case_reference(id),
        title: view.title(id).unwrap_or_default(),
        note,
    };
    let (now, title) = (desk.cabinet.now(), words.text("desk-case-contacts"));
    let relation = |id: &Uuid| opened.together.relations.get(id).map(|relation| words.text(&format!("desk-relation-{}", relation.name())));
    Ok(Page {
        words,
        notice: notice(words, language, main, sent),
        summary: summary(words, &sent.problems),
        reference: case_reference(id),
        title: main.case.title.clone(),
        tags: tags(words, main),
        next: due_words(words, &main.header),
        due: left(words, &main.header, now),
        contacts: if contacts.is_empty() { Markup::default() } else { rows::table(desk, language, &names, &title, &contacts, None) },
        asked: asked::card(desk, who, language, main),
        put: files::put::form(words, language, id),
        files: of_files(desk, who, language, &names, &opened),
        forms: forms(words, &opened, sent, who.member.holds(ZONE, SUPERVISOR), desk.today()),
        action: language.href(&format!("/helpline/cases/{id}")),
        key: sent.form.clone().unwrap_or_else(|| FormKey::new(&desk.cabinet)).to_field(),
        timeline: timeline(desk, words, &names, &opened, &contacts, &view),
        hands: names.all(words, main.header.hands.iter().copied()),
        mine: main.header.hands.contains(&who.member.id),
        related: opened.together.relations.keys().map(|id| link(*id, relation(id).unwrap_or_default().into_owned())).collect(),
        merged: opened.together.cases.iter().skip(1).map(|id| link(*id, String::new())).collect(),
    })
}

fn of_files(desk: &Desk, who: &SignedIn, language: &Language, names: &Names, opened: &OpenCase) -> Vec<File> {
    let words = &*language.locale;
    let mut all = Vec::new();
    for folder in &opened.folders {
        for exhibit in exhibits(&folder.files) {
            let name = names.of(words, exhibit.file.member.unwrap_or_default());
            all.push(File {
                title: words.with("desk-file-by", &[("name", name.as_str().into())]),
                at: words.date_time(exhibit.file.at, desk.offset(exhibit.file.at)),
                card: files::card::card(desk, who, language, (folder.id, true), &exhibit),
            });
        }
    }
    all
}

/// That it goes on elsewhere, that it is closed, or why what was sent was not stored.
fn notice(words: &Locale, language: &Language, main: &CaseFolder, sent: &Sent) -> Option<Markup> {
    let mut pieces: Vec<Markup> = sent.notice.iter().map(|notice| bits::paragraph(&words.text(notice))).collect();
    if let Some(into) = main.case.into {
        pieces.push(bits::paragraph(&words.text("desk-case-goes-on")));
        pieces.push(bits::link(&language.href(&format!("/helpline/cases/{into}")), &case_reference(into)));
    } else if main.case.closed {
        pieces.push(bits::paragraph(&words.text("desk-case-closed-notice")));
    }
    (!pieces.is_empty()).then(|| NotificationBanner::new(words.text("notice-title").into_owned(), Markup::join(pieces)).into())
}

fn tags(words: &Locale, main: &CaseFolder) -> Markup {
    let case = &main.case;
    let mut tags = Vec::new();
    if main.header.flags.held {
        tags.push(Tag::new(words.text("desk-tag-held").into_owned()).colour("purple").into());
    }
    if let Some(decision) = case.decision {
        let colour = if decision == Decision::DangerNow { "red" } else { "blue" };
        tags.push(Markup::from(Tag::new(words.text(&format!("desk-decision-{}", decision.name())).into_owned()).colour(colour)));
    }
    if case.into.is_some() {
        tags.push(Tag::new(words.text("desk-case-tag-merged").into_owned()).colour("grey").into());
    } else if case.closed {
        tags.push(Tag::new(words.text("desk-tag-closed").into_owned()).colour("grey").into());
    }
    Markup::join(tags)
}

/// What happened, newest first: what was done with the case and with those merged into it, and when its contacts came.
fn timeline(desk: &Desk, words: &Locale, names: &Names, opened: &OpenCase, contacts: &[(Uuid, Header)], view: &View) -> Markup {
    let mut items: Vec<(OffsetDateTime, usize, TimelineItem)> = Vec::new();
    let item = |label: String, at: OffsetDateTime, date: String| TimelineItem::new(label, at.format(&Rfc3339).unwrap_or_default(), date);
    let moment = |at: OffsetDateTime| words.date_time(at, desk.offset(at));
    let by = |member: Uuid| words.with("desk-by", &[("name", names.of(words, member).as_str().into())]);
    for folder in &opened.folders {
        let of_another = (Some(folder.id) != opened.main().map(|main| main.id)).then(|| case_reference(folder.id));
        let label = |text: String| of_another.as_ref().map_or_else(|| text.clone(), |other| format!("{other}: {text}"));
        let opening = &folder.opening;
        let begun = words.with("desk-did-begun", &[("title", opening.title.as_str().into())]);
        items.push((opening.at, 0, item(label(begun), opening.at, moment(opening.at)).byline(by(opening.member))));
        for (place, entry) in folder.entries.iter().enumerate() {
            match entry {
                Some(entry) => {
                    let line = item(label(did(words, entry, view)), entry.at, moment(entry.at)).byline(by(entry.member));
                    let line = if entry.text.trim().is_empty() { line } else { line.content(Markup::of(&Said { text: &entry.text })) };
                    items.push((entry.at, place + 1, line));
                }
                None => {
                    let damaged = words.text("desk-paper-damaged").into_owned();
                    items.push((opening.at, place + 1, item(label(damaged), opening.at, String::new())));
                }
            }
        }
    }
    for (id, header) in contacts {
        let came = words.with("desk-did-came", &[("reference", reference(*id).as_str().into())]);
        let at = header.clocks.arrived;
        items.push((at, 0, item(came, at, words.date(at, desk.offset(at)))));
    }
    items.sort_by_key(|(at, place, _)| std::cmp::Reverse((*at, *place)));
    Timeline::new(items.into_iter().map(|(_, _, item)| item)).heading_level(3).into()
}

#[derive(Template)]
#[template(source = r#"<div class="ps-words" dir="auto">{{ text }}</div>"#, ext = "html")]
struct Said<'a> {
    text: &'a str,
}

/// What an entry did, in words.
pub(in crate::screens::desk) fn did(words: &Locale, entry: &Entry, view: &View) -> String {
    let case = |id: Uuid| format!("{} {}", case_reference(id), view.title(id).unwrap_or_default());
    let with = |id: &str, name: &str, value: &str| words.with(id, &[(name, value.into())]);
    match &entry.what {
        What::Noted => words.text("desk-did-noted").into_owned(),
        What::Titled { title } => with("desk-did-titled", "title", title),
        What::PutIn { contact } => with("desk-did-put-in", "reference", &reference(*contact)),
        What::TookOut { contact } => with("desk-did-took-out", "reference", &reference(*contact)),
        What::Decided { decision } => with("desk-did-decided", "decision", &words.text(&format!("desk-decision-{}", decision.name()))),
        What::LookAgain { on } => with("desk-did-look-again", "date", &words.date(on.midnight().assume_utc(), time::UtcOffset::UTC)),
        What::Related { other, relation } => {
            let relation = words.text(&format!("desk-relation-{}", relation.name()));
            words.with("desk-did-related", &[("case", case(*other).as_str().into()), ("relation", (&*relation).into())])
        }
        What::Unrelated { other } => with("desk-did-unrelated", "case", &case(*other)),
        What::MergedInto { case: other } => with("desk-did-merged-into", "case", &case(*other)),
        What::PartedFrom { case: other } => with("desk-did-parted-from", "case", &case(*other)),
        What::Absorbed { case: other } => with("desk-did-absorbed", "case", &case(*other)),
        What::LetGo { case: other } => with("desk-did-let-go", "case", &case(*other)),
        What::Closed => words.text("desk-did-closed").into_owned(),
        What::Reopened => words.text("desk-did-reopened").into_owned(),
        What::Held => words.text("desk-did-held").into_owned(),
        What::HoldEnded => words.text("desk-did-hold-ended").into_owned(),
        What::Asked { wish, .. } => with("desk-did-asked", "wish", &words.text(&format!("desk-asked-{}", wish.name()))),
        What::MoreTime { by } => with("desk-did-more-time", "date", &words.date(by.midnight().assume_utc(), time::UtcOffset::UTC)),
        What::Answered { answered, .. } => with("desk-did-answered", "answer", &words.text(&format!("desk-answered-{}", answered.name()))),
    }
}
