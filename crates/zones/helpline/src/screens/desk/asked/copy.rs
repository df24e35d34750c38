//! Preparing a copy: every passage of what is kept, each with its words to be looked through and a decision. Nothing is given that
//! nobody decided on: what somebody else told us, and who, stands beside what is theirs.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{ErrorItem, ErrorMessage, ErrorSummary, Label, Select, SelectItem, Textarea};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::letter::compose;
use crate::acts::case::{add, open};
use crate::acts::copy::{Gathered, gather};
use crate::acts::open::Paper;
use crate::asked::{Answered, LeftOut, Wish};
use crate::case::What;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::message::From;
use crate::reference::{case_reference, reference};
use crate::report::Report;
use crate::screens::bits;
use crate::screens::desk::cases::page::did;
use crate::screens::desk::contact::{fact_rows, referral_rows, shown};
use crate::screens::desk::files::card::size;
use crate::screens::desk::{Desk, failed, names, safe_contact, supervises, whole};
use crate::search::said::facts;
use crate::trouble::Trouble;

/// The word of the decision to give a passage.
const GIVE: &str = "give";

/// A passage of what is kept.
pub(super) struct Passage {
    /// Tells it from the others in a form; the same whenever the page is made.
    key: String,
    /// Where it stands, for the desk alone: the reference would tell who else wrote.
    place: String,
    /// What it is, for whoever gets the copy: the id of its words.
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// What is decided about a passage.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    Give,
    LeaveOut(LeftOut),
}

impl Decided {
    fn parse(word: &str) -> Option<Self> {
        if word == GIVE { Some(Self::Give) } else { LeftOut::parse(word).map(Self::LeaveOut) }
    }
}

#[derive(Template)]
#[template(path = "desk/asked/copy.html")]
struct Page<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    reference: String,
    passages: Vec<Shown>,
    languages: Select,
    action: String,
    key: String,
    back: String,
}

struct Shown {
    key: String,
    place: String,
    /// Numbers, addresses, plates and names on platforms that stand in it.
    look_at: String,
    text: Markup,
    decision: Markup,
}

#[derive(Template)]
#[template(path = "desk/asked/look.html")]
struct Look<'a> {
    words: &'a Locale,
    text: &'a str,
    /// Everything that was sent, to be sent again.
    fields: Vec<(String, String)>,
    action: String,
}

pub(in crate::screens::desk) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    match passages(&desk, &who, &language, id).await {
        Ok(all) => page(&desk, &who, &language, id, &all, &Fields::default(), &[]),
        Err(error) => failed(&desk, &language, &error),
    }
}

pub(in crate::screens::desk) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let all = match passages(&desk, &who, &language, id).await {
        Ok(found) => found,
        Err(error) => return failed(&desk, &language, &error),
    };
    let go = fields.get("go").unwrap_or_default();
    let undecided: Vec<&Passage> = all.iter().filter(|passage| decision(&fields, passage).is_none()).collect();
    if go == "change" || !undecided.is_empty() {
        return page(&desk, &who, &language, id, &all, &fields, &undecided);
    }
    let decided: Vec<(Passage, Decided)> = all
        .into_iter()
        .filter_map(|passage| {
            let decided = decision(&fields, &passage)?;
            Some((Passage { text: fields.text(&format!("text-{}", passage.key)), ..passage }, decided))
        })
        .collect();
    let of_copy = fields.get("language").and_then(|tag| desk.face.locales.find(tag)).unwrap_or_else(|| language.locale.clone());
    let text = compose(&desk, &of_copy, &decided);
    if go != "give" {
        return look(&desk, &who, &language, id, &fields, &text);
    }
    let given = decided.iter().filter(|(_, decided)| *decided == Decided::Give).count();
    let answered = match given {
        _ if decided.is_empty() => Answered::Nothing,
        0 => Answered::Refused,
        given if given < decided.len() => Answered::Partly,
        _ => Answered::Done,
    };
    let written = Written { text: String::new(), form: fields.get("form").and_then(FormKey::from_field) };
    match add(&desk.cabinet, &who, id, What::Answered { answered, copy: Some(text) }, written, None).await {
        Ok(()) => Redirect::to(&language.href(&format!("/helpline/cases/{id}"))).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}

fn decision(fields: &Fields, passage: &Passage) -> Option<Decided> {
    Decided::parse(fields.get(&format!("decision-{}", passage.key))?)
}

/// Every passage that a request reaches.
async fn passages(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid) -> Result<Vec<Passage>, Trouble> {
    supervises(who)?;
    let request = open(&desk.cabinet, who, id).await?;
    let asks = request.main().is_some_and(|main| main.case.asked.is_some_and(|asked| asked.wish == Wish::Copy) && !main.case.closed);
    if !asks {
        return Err(Trouble::NotFound);
    }
    let gathered = gather(&desk.cabinet, who, &request).await?;
    of_gathered(desk, who, &language.locale, &gathered).await
}

async fn of_gathered(desk: &Desk, who: &SignedIn, words: &Locale, gathered: &Gathered) -> Result<Vec<Passage>, Trouble> {
    let (names, view) = (names(desk).await?, desk.library.view(who));
    let mut all = Vec::new();
    for (contact, (report, papers)) in &gathered.contacts {
        all.extend(of_report(words, *contact, report));
        for (id, at, paper) in papers {
            let place = shown(words, paper, &names, desk.offset(*at));
            let Some((kind, text)) = of_paper(words, paper, place.text) else { continue };
            let place = format!("{}, {}, {}", reference(*contact), place.title, place.at);
            all.push(Passage { key: format!("{contact}-{id}"), place, kind, text });
        }
    }
    let unread =
        |key: String, place: String| Passage { key, place, kind: "copy-kind-unread", text: words.text("desk-copy-unread").into_owned() };
    all.extend(gathered.unread.iter().map(|id| unread(id.to_string(), reference(*id))));
    for case in &gathered.cases {
        let damaged = case.entries.iter().filter(|entry| entry.is_none()).count();
        all.extend((0..damaged).map(|number| unread(format!("{}-damaged-{number}", case.id), case_reference(case.id))));
        for entry in case.entries.iter().flatten() {
            let what = did(words, entry, &view);
            let place = format!("{}, {what}, {}", case_reference(case.id), words.date_time(entry.at, desk.offset(entry.at)));
            let text = match &entry.what {
                _ if !entry.text.trim().is_empty() => entry.text.clone(),
                What::Decided { .. } => what,
                // What was put in or merged says nothing of anybody but which records there are.
                _ => continue,
            };
            all.push(Passage { key: format!("{}-{}", case.id, entry.number), place, kind: "copy-kind-case", text });
        }
    }
    Ok(all)
}

/// What the first report says: the answers, the words, how its writer may be reached.
fn of_report(words: &Locale, contact: Uuid, report: &Report) -> Vec<Passage> {
    let rows = fact_rows(words, report).into_iter().map(|(label, value)| format!("{}: {value}", words.text(label)));
    let signs = report.signs_seen().filter_map(plainsight_vocabulary::sign).map(|sign| bits::sign(words, sign, report.path));
    let advice = report.spoken.as_ref().map(|spoken| spoken.advice.clone()).unwrap_or_default();
    let pieces = [
        ("facts", "copy-kind-facts", rows.chain(signs).collect::<Vec<_>>().join("\n")),
        ("words", "copy-kind-words", report.words.clone()),
        ("advice", "copy-kind-advice", advice),
        ("reach", "copy-kind-reach", safe_contact::line(words, &report.safe_contact)),
    ];
    let place = |kind: &str| format!("{}, {}", reference(contact), words.text(kind));
    let pieces = pieces.into_iter().filter(|(_, _, text)| !text.trim().is_empty());
    pieces.map(|(key, kind, text)| Passage { key: format!("{contact}-{key}"), place: place(kind), kind, text }).collect()
}

/// What a paper of the folder is to whoever gets the copy; nothing for one that says nothing.
fn of_paper(words: &Locale, paper: &Paper, text: String) -> Option<(&'static str, String)> {
    let (kind, text) = match paper {
        Paper::Message(message) if message.from == From::Reporter => ("copy-kind-from", text),
        Paper::Message(_) => ("copy-kind-to", text),
        Paper::Note(_) => ("copy-kind-note", text),
        Paper::Review(_) => ("copy-kind-review", text),
        Paper::UrgentReferral(referral) => {
            let rows = referral_rows(words, referral).map(|(label, value)| format!("{}: {value}", words.text(label)));
            ("copy-kind-referral", format!("{}\n{text}", rows.join("\n")))
        }
        // Also one without a name: that we have it is for somebody to decide on.
        Paper::File(file) => ("copy-kind-file", format!("{}\n{}\n{}", file.name, size(words, file.size), file.note)),
        // How a file was handled is ours, and says nothing of the person.
        Paper::Cleaning(_) | Paper::Custody(_) => return None,
        Paper::Damaged(_) => ("copy-kind-unread", words.text("desk-copy-unread").into_owned()),
    };
    (!text.trim().is_empty()).then_some((kind, text))
}

fn page(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, all: &[Passage], fields: &Fields, undecided: &[&Passage]) -> Response {
    let words = &*language.locale;
    let error = words.text("desk-copy-decide");
    let items = undecided.iter().map(|passage| ErrorItem::new(format!("{}: {error}", passage.place), &format!("decision-{}", passage.key)));
    let summary = (!undecided.is_empty()).then(|| ErrorSummary::new(words.text("error-summary-title").into_owned(), items));
    let passages = all.iter().map(|passage| {
        let wrong = undecided.iter().any(|each| each.key == passage.key);
        passage_shown(words, passage, fields, wrong)
    });
    let languages = desk.face.locales.menu().map(|locale| SelectItem::new(locale.tag(), locale.own_name()));
    let page = Page {
        words,
        summary,
        reference: case_reference(id),
        passages: passages.collect(),
        languages: Select::new("language")
            .label(words.text("desk-copy-language"))
            .items(languages)
            .value(fields.get("language").unwrap_or(words.tag())),
        action: language.href(&format!("/helpline/cases/{id}/copy")),
        key: fields.get("form").and_then(FormKey::from_field).unwrap_or_else(|| FormKey::new(&desk.cabinet)).to_field(),
        back: language.href(&format!("/helpline/cases/{id}")),
    };
    let status = if undecided.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, whole(desk, who, language, &words.text("desk-copy-title"), !undecided.is_empty(), &page)).into_response()
}

fn passage_shown(words: &Locale, passage: &Passage, fields: &Fields, wrong: bool) -> Shown {
    let (text, decision) = (format!("text-{}", passage.key), format!("decision-{}", passage.key));
    let value = if fields.get(&text).is_some() { fields.text(&text) } else { passage.text.clone() };
    let found: Vec<String> =
        facts(&passage.text).into_iter().map(|(range, _)| passage.text.get(range).unwrap_or_default().to_owned()).collect();
    let rows = u16::try_from(value.lines().map(|line| 1 + line.chars().count() / 70).sum::<usize>().clamp(2, 12)).unwrap_or(12);
    let choices = [GIVE].into_iter().chain(LeftOut::ALL.iter().map(|why| why.name()));
    let items = choices.map(|each| SelectItem::new(each, words.text(&format!("desk-copy-{each}"))));
    let first = SelectItem::new("", words.text("desk-choose"));
    let error = wrong.then(|| ErrorMessage::new(words.text("desk-copy-decide").into_owned(), words.text("error-prefix").into_owned()));
    let select = Select {
        label: Label::new(words.text("desk-copy-decision").into_owned()),
        value: fields.get(&decision).map(str::to_owned),
        error_message: error,
        ..Select::new(decision.as_str()).items(std::iter::once(first).chain(items))
    };
    Shown {
        key: passage.key.clone(),
        place: passage.place.clone(),
        look_at: found.join(", "),
        text: Textarea::new(text.as_str()).label(words.text("desk-copy-text")).value(value).rows(rows).private().into(),
        decision: select.into(),
    }
}

/// The copy as it would be given, before it is.
fn look(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, fields: &Fields, text: &str) -> Response {
    let words = &*language.locale;
    let again = fields.with_prefix("").filter(|(name, _)| *name != "go").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let look = Look { words, text, fields: again.collect(), action: language.href(&format!("/helpline/cases/{id}/copy")) };
    whole(desk, who, language, &words.text("desk-copy-look-title"), false, &look)
}
