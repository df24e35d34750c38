//! The files that somebody sends with a report or a message: taken in as they come, listed on their page, taken away again.
//! Nothing here keeps a report from being sent: what is wrong with a file is said, and the form goes on.

use askama::Template;

use plainsight_pages::components::{Button, ErrorItem, ErrorMessage, ErrorSummary, FileUpload, Label};
use plainsight_pages::{Locale, Markup, assets};

use crate::acts::stow::{self, Fate, Stowing};
use crate::chosen::{self, Chosen, Lost, MOST_FILES, Ticket, Why};
use crate::draft::{Draft, State};
use crate::fields::Fields;
use crate::parcel::Layout;
use crate::screens::posted::{Cut, PostError, Posted};
use crate::site::Site;
use crate::trouble::Trouble;

/// The field in which files are chosen.
pub(super) const FIELD: &str = "files";
/// What the script of the page puts into the form for each file that it sent piece by piece.
const TICKET: &str = "ticket";
/// The button that takes a file away, with the file's id.
const AWAY: &str = "away-";
/// The pages on which files are chosen.
const PAGES: [&str; 2] = ["files", "messages"];

/// The files that came with a form.
#[derive(Default)]
pub(crate) struct Arrived {
    files: Vec<Chosen>,
    lost: Vec<Lost>,
    /// The end of the form did not come: nobody knows which button was pressed.
    pub(super) cut: bool,
}

/// Reads a form to its end and puts its files away as they come.
pub(super) async fn receive(site: &Site, posted: &mut Posted) -> Result<Arrived, PostError> {
    let mut arrived = Arrived::default();
    let mut before = None;
    while let Some(head) = posted.next_file().await? {
        if !posted.fields.get("page").is_some_and(|page| PAGES.contains(&page)) {
            continue;
        }
        // The state stands before the files in each page of ours.
        let before = *before.get_or_insert_with(|| match site.drafts.open(posted.fields.get("state"), site.cabinet.now()) {
            State::Open(draft) | State::Expired(draft) => draft.files.len(),
            State::None | State::Unknown => 0,
        });
        let taken = if before + arrived.files.len() < MOST_FILES { take(site, posted, &head.name).await } else { Err(Why::TooMany) };
        match taken {
            Ok(file) => arrived.files.push(file),
            Err(why) => arrived.lost.push(Lost { name: head.name, why }),
        }
    }
    arrived.cut = posted.was_cut();
    Ok(arrived)
}

/// Puts one file away. What came of one that is not taken is thrown away at once.
async fn take(site: &Site, posted: &mut Posted, name: &str) -> Result<Chosen, Why> {
    let Some(first) = posted.chunk().await.map_err(|Cut| Why::Cut)? else { return Err(Why::Empty) };
    count(site).await;
    let limit = site.settings.waiting_files;
    if !site.room.begin(limit, 1) {
        return Err(Why::Full);
    }
    let (id, key) = stow::begin(&site.cabinet).await.map_err(|error| why(&error))?;
    let mut stowing = Stowing::new(&site.cabinet, id, key.clone());
    let mut counted = 0;
    let mut next = Some(first);
    let ended = loop {
        let Some(chunk) = next else { break stowing.finish().await.map_err(|error| why(&error)) };
        if let Err(error) = stowing.push(&chunk).await {
            break Err(why(&error));
        }
        site.room.stored(stowing.parcels() - counted);
        counted = stowing.parcels();
        if !site.room.has_room(limit) {
            break Err(Why::Full);
        }
        match posted.chunk().await {
            Ok(chunk) => next = chunk,
            Err(Cut) => break Err(Why::Cut),
        }
    };
    match ended {
        Ok(streamed) => Ok(Chosen { id, key, name: name.to_owned(), size: streamed.size, hash: Some(streamed.hash) }),
        Err(why) => {
            forget(site, id).await;
            Err(why)
        }
    }
}

/// Counts what waits here, when that was not done for a while.
pub(super) async fn count(site: &Site) {
    let now = site.cabinet.now();
    if !site.room.is_stale(now) {
        return;
    }
    match stow::count_waiting(&site.cabinet).await {
        Ok(parcels) => site.room.was_counted(now, parcels),
        Err(error) => tracing::error!(%error, "files that wait could not be counted"),
    }
}

/// What a page says of an act that did not go well.
pub(super) fn why(error: &Trouble) -> Why {
    match error {
        Trouble::FileTooLarge => Why::TooLarge,
        Trouble::FileEmpty => Why::Empty,
        Trouble::FileGone => Why::Gone,
        error => {
            tracing::error!(%error, "a file could not be put away");
            Why::NotNow
        }
    }
}

/// Takes a file away. Where that does not go, it dies by itself.
pub(super) async fn forget(site: &Site, file: uuid::Uuid) {
    if let Err(error) = stow::take_back(&site.cabinet, file).await {
        tracing::error!(%error, "a file could not be taken away");
    }
}

/// Puts what came into the draft, and takes out what was taken away.
pub(super) async fn put_in(site: &Site, draft: &mut Draft, fields: &Fields, arrived: Arrived) {
    let now = site.cabinet.now();
    let tickets = fields.all(TICKET).filter_map(|sealed| site.drafts.open_ticket(sealed, now)).map(|ticket| ticket.ticket);
    let over = chosen::add(&mut draft.files, arrived.files.into_iter().chain(tickets));
    draft.lost.extend(arrived.lost);
    for file in over {
        forget(site, file.id).await;
        draft.lost.push(Lost { name: file.name.clone(), why: Why::TooMany });
    }
    let away = fields.get("go").and_then(|go| go.strip_prefix(AWAY)).and_then(|id| uuid::Uuid::parse_str(id).ok());
    if let Some(at) = away.and_then(|id| draft.files.iter().position(|file| file.id == id)) {
        forget(site, draft.files.remove(at).id).await;
    }
}

/// Whether a button concerns files alone: the page is shown again.
pub(super) fn is_about_files(go: &str) -> bool {
    go == FIELD || go.starts_with(AWAY)
}

/// Takes out of the draft what is here no longer, so that it is said before anything is sent.
pub(super) async fn drop_gone(site: &Site, draft: &mut Draft) {
    let mut there = Vec::new();
    for file in std::mem::take(&mut draft.files) {
        match stow::fate(&site.cabinet, file.id).await {
            Ok(Fate::Gone) => draft.lost.push(Lost { name: file.name.clone(), why: Why::Gone }),
            // One that was sent with this very form stays: pressed twice, it is the same.
            Ok(Fate::Waits | Fate::Sent) => there.push(file),
            Err(error) => {
                tracing::error!(%error, "a file could not be looked for");
                there.push(file);
            }
        }
    }
    draft.files = there;
}

#[derive(Template)]
#[template(path = "public/files.html")]
struct Block<'a> {
    words: &'a Locale,
    files: Vec<Row<'a>>,
    field: Markup,
    add: Markup,
    /// What the script says, by what has happened.
    said: Vec<(String, String)>,
    most: usize,
    largest: u64,
    parcel: usize,
    /// In danger nothing asks whether to wait for a file.
    urgent: bool,
    script: Option<String>,
}

struct Row<'a> {
    file: &'a Chosen,
    size: String,
    /// With which a file that is not whole goes on where it stopped.
    ticket: Option<String>,
}

/// The list of what is there, and the field for more.
pub(super) fn block(site: &Site, words: &Locale, draft: &Draft, urgent: bool) -> Markup {
    let files = draft.files.iter().map(|file| Row {
        file,
        size: size(words, file.size),
        ticket: (!file.is_whole()).then(|| ticket(site, file)).flatten(),
    });
    let error = (!draft.lost.is_empty()).then(|| {
        let text = draft.lost.iter().map(|lost| said(words, lost)).collect::<Vec<_>>().join(" ");
        ErrorMessage::new(text, words.text("error-prefix").into_owned())
    });
    let field = FileUpload::new(FIELD)
        .label(Label::new(words.text("files-choose").into_owned()).classes("govuk-label--s"))
        .hint(words.text("files-choose-hint").into_owned())
        .error(error)
        .multiple();
    let add = Button::new(words.text("files-add").into_owned()).named("go", FIELD).secondary();
    let told = [Why::TooLarge, Why::Empty, Why::TooMany, Why::Full, Why::Gone, Why::Cut, Why::NotNow];
    let mut texts: Vec<(String, String)> =
        told.map(|why| (why.code().to_owned(), said(words, &Lost { name: "%name%".to_owned(), why }))).into();
    for key in ["waits", "here", "again", "stop", "away", "unfinished", "here-aloud", "not-here"] {
        texts.push((key.to_owned(), words.with(&format!("files-said-{key}"), &[("name", "%name%".into())])));
    }
    texts.push(("part".to_owned(), words.with("files-said-part", &[("percent", "%percent%".into())])));
    texts.push(("megabytes".to_owned(), words.with("files-size", &[("megabytes", "%megabytes%".into())])));
    texts.push(("small".to_owned(), words.text("files-size-small").into_owned()));
    Markup::of(&Block {
        words,
        files: files.collect(),
        field: field.into(),
        add: add.into(),
        said: texts,
        most: MOST_FILES,
        largest: crate::parcel::LARGEST,
        parcel: crate::parcel::PARCEL,
        urgent,
        script: assets::href("files.js"),
    })
}

pub(super) fn ticket(site: &Site, file: &Chosen) -> Option<String> {
    site.drafts.seal_ticket(&Ticket { ticket: file.clone() }, &site.cabinet).ok()
}

/// How large a file is, in words that are short enough to be heard.
fn size(words: &Locale, bytes: u64) -> String {
    let megabytes = bytes.div_ceil(1 << 20);
    if megabytes <= 1 { words.text("files-size-small").into_owned() } else { words.with("files-size", &[("megabytes", megabytes.into())]) }
}

/// Why a file is not among them, and what can be done.
fn said(words: &Locale, lost: &Lost) -> String {
    words.with(&format!("files-lost-{}", lost.why.code()), &[("name", lost.name.as_str().into())])
}

/// The files that are not among them, above the page: where they are chosen with a way to the field.
pub(super) fn summary(words: &Locale, lost: &[Lost], chosen_here: bool) -> Option<Markup> {
    if lost.is_empty() {
        return None;
    }
    let texts = lost.iter().map(|lost| said(words, lost));
    if chosen_here {
        let items = texts.map(|text| ErrorItem::new(text, FIELD));
        return Some(ErrorSummary::new(words.text("error-summary-title").into_owned(), items).into());
    }
    Some(super::view::banner(words, texts.collect::<Vec<_>>().join(" ")))
}

/// How many files there are, for the answers; what is not whole is said too.
pub(super) fn counted(words: &Locale, draft: &Draft) -> String {
    let whole = draft.files.iter().filter(|file| file.is_whole()).count();
    let missing = draft.files.len() - whole;
    let count = |id: &str, count: usize| (count > 0).then(|| words.with(id, &[("count", count.into())]));
    let both = [count("files-count", whole), count("files-count-missing", missing)];
    let texts: Vec<String> = both.into_iter().flatten().collect();
    if texts.is_empty() { words.text("files-none").into_owned() } else { texts.join(" ") }
}

/// The layout of a file whose size a page told.
pub(super) fn layout(size: u64) -> Result<Layout, Why> {
    Layout::of(size).ok_or(if size == 0 { Why::Empty } else { Why::TooLarge })
}
