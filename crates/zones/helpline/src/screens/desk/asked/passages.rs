//! The passages of a copy: everything that a request reaches, piece by piece, with what was decided about each so far. What somebody
//! else told us, and who, stands beside what is theirs.

use uuid::Uuid;

use plainsight_pages::{Language, Locale};
use plainsight_people::SignedIn;

use crate::acts::case::{OpenCase, open};
use crate::acts::copy::{Drafts, Gathered, Origin, drafts, gather};
use crate::acts::open::Paper;
use crate::asked::Wish;
use crate::case::What;
use crate::copy_draft::{Decided, mark, pages};
use crate::message::From;
use crate::reference::{case_reference, reference};
use crate::report::Report;
use crate::screens::bits;
use crate::screens::desk::cases::page::did;
use crate::screens::desk::contact::{fact_rows, referral_rows, shown};
use crate::screens::desk::files::card::size;
use crate::screens::desk::{Desk, Names, names, safe_contact, supervises};
use crate::search::library::View;
use crate::trouble::Trouble;

/// A passage of what is kept.
pub(super) struct Passage {
    /// Tells it from the others in a form; the same whenever the page is made.
    pub(super) origin: Origin,
    /// Where it stands, for the desk alone: the reference would tell who else wrote.
    pub(super) place: String,
    /// What it is, for whoever gets the copy: the id of its words.
    pub(super) kind: &'static str,
    /// As it stands in the records.
    pub(super) text: String,
    /// A mark of that, whatever language the desk is read in.
    pub(super) of: String,
}

impl Passage {
    fn new(key: String, folder: Uuid, place: String, kind: &'static str, text: String) -> Self {
        Self { origin: Origin { key, folder }, place, kind, of: mark(&text), text }
    }
}

/// A copy as far as it is prepared.
pub(super) struct Prepared {
    pub(super) request: OpenCase,
    pub(super) gathered: Gathered,
    pub(super) passages: Vec<Passage>,
    pub(super) drafts: Drafts,
}

impl Prepared {
    /// Everything that a request reaches, with what was decided so far.
    pub(super) async fn read(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid) -> Result<Self, Trouble> {
        supervises(who)?;
        let request = open(&desk.cabinet, who, id).await?;
        let asks = request.main().is_some_and(|main| main.case.asked.is_some_and(|asked| asked.wish == Wish::Copy) && !main.case.closed);
        if !asks {
            return Err(Trouble::NotFound);
        }
        let gathered = gather(&desk.cabinet, who, &request).await?;
        let (names, view) = (names(desk).await?, desk.library.view(who));
        let mut passages = of_gathered(desk, &language.locale, &names, &view, &gathered);
        // Words of ours stand in some passages: who reads the desk in another language has not changed the records by that.
        let english = of_gathered(desk, &desk.face.locales.english(), &names, &view, &gathered);
        for (passage, english) in passages.iter_mut().zip(english) {
            passage.of = english.of;
        }
        let origins: Vec<Origin> = passages.iter().map(|passage| passage.origin.clone()).collect();
        let drafts = drafts(&desk.cabinet, &gathered, &origins).await?;
        Ok(Self { request, gathered, passages, drafts })
    }

    pub(super) fn origins(&self) -> Vec<Origin> {
        self.passages.iter().map(|passage| passage.origin.clone()).collect()
    }

    /// What is decided about a passage as it stands in the records now.
    pub(super) fn decided(&self, passage: &Passage) -> Option<Decided> {
        self.drafts.get(&passage.origin.key)?.holds(&passage.of)
    }

    /// The words of a passage as they will be given.
    pub(super) fn words<'a>(&'a self, passage: &'a Passage) -> &'a str {
        self.drafts.get(&passage.origin.key).map_or(&passage.text, |draft| &draft.text)
    }

    /// How many nobody decided on yet.
    pub(super) fn undecided(&self) -> usize {
        self.passages.iter().filter(|passage| self.decided(passage).is_none()).count()
    }

    /// The passages, page by page.
    pub(super) fn pages(&self) -> Vec<std::ops::Range<usize>> {
        pages(&self.passages.iter().map(|passage| passage.text.len().max(self.words(passage).len())).collect::<Vec<_>>())
    }

    /// The number of the first page with a passage that nobody decided on; the last when there is none.
    pub(super) fn first_open(&self) -> usize {
        let pages = self.pages();
        let open = |page: &std::ops::Range<usize>| {
            self.passages.get(page.clone()).is_some_and(|some| some.iter().any(|passage| self.decided(passage).is_none()))
        };
        pages.iter().position(open).unwrap_or(pages.len() - 1)
    }
}

fn of_gathered(desk: &Desk, words: &Locale, names: &Names, view: &View, gathered: &Gathered) -> Vec<Passage> {
    let mut all = Vec::new();
    for (contact, (report, papers)) in &gathered.contacts {
        all.extend(of_report(words, *contact, report));
        for (id, at, paper) in papers {
            let place = shown(words, paper, names, desk.offset(*at));
            let Some((kind, text)) = of_paper(words, paper, place.text) else { continue };
            let place = format!("{}, {}, {}", reference(*contact), place.title, place.at);
            all.push(Passage::new(format!("{contact}-{id}"), *contact, place, kind, text));
        }
    }
    let unread = |key: String, folder: Uuid, place: String| {
        Passage::new(key, folder, place, "copy-kind-unread", words.text("desk-copy-unread").into_owned())
    };
    all.extend(gathered.unread.iter().map(|id| unread(id.to_string(), *id, reference(*id))));
    for case in &gathered.cases {
        let damaged = case.entries.iter().filter(|entry| entry.is_none()).count();
        all.extend((0..damaged).map(|number| unread(format!("{}-damaged-{number}", case.id), case.id, case_reference(case.id))));
        for entry in case.entries.iter().flatten() {
            let what = did(words, entry, view);
            let place = format!("{}, {what}, {}", case_reference(case.id), words.date_time(entry.at, desk.offset(entry.at)));
            let text = match &entry.what {
                _ if !entry.text.trim().is_empty() => entry.text.clone(),
                What::Decided { .. } => what,
                // What was put in or merged says nothing of anybody but which records there are.
                _ => continue,
            };
            all.push(Passage::new(format!("{}-{}", case.id, entry.number), case.id, place, "copy-kind-case", text));
        }
    }
    all
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
    pieces.map(|(key, kind, text)| Passage::new(format!("{contact}-{key}"), contact, place(kind), kind, text)).collect()
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
