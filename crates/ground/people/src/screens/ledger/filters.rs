//! What an auditor asks for: the fields of the address, the form that makes them, and a tag for each that takes it away again.

use jiff::civil::Date;
use plainsight_ledger::Span;
use plainsight_pages::components::{ErrorItem, ErrorMessage, ErrorSummary, Input, Select, SelectItem};
use plainsight_pages::{Language, Locale, Markup};
use serde::Deserialize;
use time::OffsetDateTime;

use super::{Auditing, LEDGER_PAGE, act_name};
use crate::audit::{Names, Wanted, Whom};
use crate::screens::clock::WallClock;

/// The longest record that anybody types: an id is shorter.
const LONGEST: usize = 200;

/// The fields as they stand in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) who: String,
    pub(super) act: String,
    pub(super) record: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) page: u64,
}

/// A field that could not be read, and the message that says how to mend it.
pub(super) type Wrong = (&'static str, &'static str);

/// One filter that is on, and where it is off.
pub(super) struct On {
    pub(super) text: String,
    pub(super) without: String,
}

impl Asked {
    /// What is wanted, or everything that has to be mended.
    pub(super) fn read(&self, clock: &WallClock) -> Result<Wanted, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let whom = match self.who.trim() {
            "" => None,
            "reporter" => Some(Whom::Reporters),
            "program" => Some(Whom::Program),
            id => match id.parse() {
                Ok(member) => Some(Whom::Member(member)),
                Err(_) => {
                    wrong.push(("who", "ledger-wrong-who"));
                    None
                }
            },
        };
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if self.record.len() > LONGEST {
            wrong.push(("record", "ledger-wrong-record"));
        }
        let mut day = |field: &'static str, text: &str| {
            let day = given(text).map(|text| text.parse::<Date>());
            if let Some(Err(_)) = day {
                wrong.push((field, "ledger-wrong-day"));
            }
            day.and_then(Result::ok)
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            wrong.push(("to", "ledger-wrong-order"));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let span = Span {
            from: from.and_then(|day| clock.midnight(day)),
            // The last day is wanted whole.
            to: to.and_then(|day| clock.midnight(day.tomorrow().ok()?)),
        };
        Ok(Wanted { whom, act: given(&self.act), record: given(&self.record), span })
    }

    /// The address of a page of this list, with these filters.
    pub(super) fn address(&self, path: &str, page: u64) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let fields = [
            ("who", self.who.trim()),
            ("act", self.act.trim()),
            ("record", self.record.trim()),
            ("from", self.from.trim()),
            ("to", self.to.trim()),
            ("page", &page),
        ];
        let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_urlencoded::to_string(given) {
            Ok(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }

    /// The filters that are on.
    pub(super) fn on(&self, language: &Language, names: &Names) -> Vec<On> {
        let words = &*language.locale;
        let on = |id: &str, value: String, without: Self| On {
            text: words.with(id, &[("value", value.into())]),
            without: language.href(&without.address(LEDGER_PAGE, 0)),
        };
        let mut all = Vec::new();
        if !self.who.is_empty() {
            all.push(on("ledger-on-who", who_name(words, &self.who, names), Self { who: String::new(), ..self.clone() }));
        }
        if !self.act.is_empty() {
            all.push(on("ledger-on-act", act_name(words, &self.act), Self { act: String::new(), ..self.clone() }));
        }
        if !self.record.is_empty() {
            all.push(on("ledger-on-record", self.record.clone(), Self { record: String::new(), ..self.clone() }));
        }
        if !self.from.is_empty() {
            all.push(on("ledger-on-from", self.from.clone(), Self { from: String::new(), ..self.clone() }));
        }
        if !self.to.is_empty() {
            all.push(on("ledger-on-to", self.to.clone(), Self { to: String::new(), ..self.clone() }));
        }
        all
    }

    /// The fields of the form, filled as they were.
    pub(super) fn fields(&self, auditing: &Auditing, words: &Locale, names: &Names, wrong: &[Wrong]) -> Markup {
        let error = |field: &str| {
            let (_, id) = wrong.iter().find(|(name, _)| *name == field)?;
            Some(ErrorMessage::new(words.text(id).into_owned(), words.text("error-prefix").into_owned()))
        };
        let text = |field: &'static str, value: &str| {
            Input::new(field).label(words.text(&format!("ledger-{field}")).into_owned()).value(value).error(error(field))
        };
        let mut record = text("record", &self.record).label(words.text("ledger-reference").into_owned());
        (record.autocomplete, record.spellcheck) = (Some("off".to_owned()), Some(false));
        Markup::join([
            who(words, names, &self.who).error(error("who")).into(),
            act(auditing, words, &self.act).into(),
            record.into(),
            text("from", &self.from).kind("date").into(),
            text("to", &self.to).kind("date").into(),
        ])
    }
}

/// The day of a moment, as the fields take it.
pub(super) fn day(at: OffsetDateTime, clock: &WallClock) -> String {
    clock.day(at).map(|day| day.to_string()).unwrap_or_default()
}

/// Everything that is to be mended, at the top of the page.
pub(super) fn summary(words: &Locale, wrong: &[Wrong]) -> Option<ErrorSummary> {
    let items = wrong.iter().map(|(field, id)| ErrorItem::new(words.text(id).into_owned(), field));
    (!wrong.is_empty()).then(|| ErrorSummary::new(words.text("error-summary-title").into_owned(), items))
}

fn who_name(words: &Locale, who: &str, names: &Names) -> String {
    match who {
        "reporter" => words.text("ledger-reporter").into_owned(),
        "program" => words.text("ledger-program").into_owned(),
        id => id.parse().ok().and_then(|id| names.of(id)).map_or_else(|| words.text("ledger-somebody").into_owned(), str::to_owned),
    }
}

fn who(words: &Locale, names: &Names, chosen: &str) -> Select {
    let mut members: Vec<_> = names.members().map(|(id, name)| SelectItem::new(id.to_string(), name)).collect();
    members.sort_by_key(|item| item.text.to_lowercase());
    let others = [("", "ledger-anybody"), ("reporter", "ledger-reporter"), ("program", "ledger-program")];
    let others = others.map(|(value, id)| SelectItem::new(value, words.text(id)));
    Select::new("who").label(words.text("ledger-who").into_owned()).items(others.into_iter().chain(members)).value(chosen)
}

fn act(auditing: &Auditing, words: &Locale, chosen: &str) -> Select {
    let mut codes: Vec<&str> = auditing.books.iter().flat_map(|book| book.acts).copied().collect();
    if !chosen.is_empty() && !codes.contains(&chosen) {
        codes.push(chosen);
    }
    let mut acts: Vec<_> = codes.into_iter().map(|code| SelectItem::new(code, act_name(words, code))).collect();
    acts.sort_by_key(|item| item.text.to_lowercase());
    let any = SelectItem::new("", words.text("ledger-anything"));
    Select::new("act").label(words.text("ledger-act").into_owned()).items([any].into_iter().chain(acts)).value(chosen)
}
