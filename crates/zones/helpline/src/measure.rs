//! What the desk holds in memory, filled with invented contacts to the size of a large helpline: for the bench alone.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_vault::{Contact, EnvelopePlace, Kind, Recipient, SecretKey, Team, envelope};
use plainsight_vocabulary::Urgency;

use crate::header::{Alarm, Clocks, Flags, Folder, Header, Retention, SizeClass, Told};
use crate::index::{CaseFilter, Eyes, Filter, Index, Week};
use crate::records::ZONE;
use crate::search::alike::alike;
use crate::search::library::View;
use crate::search::query::Query;
use crate::search::said::{Part, Said};
use crate::search::shelf::Shelf;

const TEAM: Uuid = Uuid::from_u128(1);
const NOW: OffsetDateTime = time::macros::datetime!(2026-12-01 10:20:30 UTC);
/// Rows of a page.
const ROWS: usize = 50;
const PLACES: usize = 20_000;

pub mod pages;

/// What the process holds, in MiB.
#[must_use]
pub fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0_usize) / 1024
}

/// How long something took, in words: the middle, and what one of twenty goes beyond.
#[must_use]
pub fn spread(name: &str, mut took: Vec<std::time::Duration>) -> String {
    took.sort_unstable();
    let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1000.0;
    format!("{name:<12} median {:>7.2} ms   p95 {:>7.2} ms", at(50), at(95))
}

/// A desk's memory.
pub struct Memory {
    index: Index,
    shelf: Shelf,
    view: View,
    words: Vec<String>,
    rng: StdRng,
}

impl Memory {
    /// Fills it with so many contacts and cases; three in a hundred contacts are open.
    #[must_use]
    pub fn fill(contacts: usize, cases: usize) -> Self {
        let mut memory = Self::empty();
        for number in 0..contacts + cases {
            let (id, header) = memory.row(Uuid::nil(), TEAM, number >= contacts);
            memory.index.put_for_measure(id, header);
        }
        memory
    }

    fn empty() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let words: Vec<String> = (0..60_000).map(|_| word(&mut rng)).collect();
        Self { index: Index::new(), shelf: Shelf::default(), view: View::default(), words, rng }
    }

    /// One more contact or case: its words are put on the shelf.
    fn row(&mut self, organisation: Uuid, team: Uuid, case: bool) -> (Uuid, Header) {
        let id = Uuid::from_u128(self.rng.random());
        let header = Header { organisation, team, ..self.header(case) };
        let said = self.said(case);
        self.shelf.put(id, 0, &said);
        (id, header)
    }

    fn header(&mut self, case: bool) -> Header {
        let arrived = NOW - Duration::hours(self.rng.random_range(0..50_000));
        let open = self.rng.random_bool(if case { 0.2 } else { 0.03 });
        Header {
            version: 1,
            organisation: Uuid::nil(),
            team: TEAM,
            urgency: if self.rng.random_bool(0.01) { Urgency::Soon } else { Urgency::Normal },
            language: "en".to_owned(),
            clocks: Clocks { arrived, read_by: arrived, acknowledge_by: arrived, feedback_by: arrived + Duration::days(28) },
            retention: Retention::Ordinary,
            size: SizeClass::Short,
            flags: Flags { read: true, acknowledged: true, closed: !open, ..Flags::default() },
            alarm: Alarm::default(),
            told: Told::default(),
            hands: vec![Uuid::from_u128(self.rng.random_range(0..40))],
            folder: if case { Folder::Case } else { Folder::Contact },
            settled: None,
        }
    }

    /// A text as people write: few words often, many seldom.
    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        for _ in 0..length {
            let skew: f64 = self.rng.random::<f64>().powi(4);
            let place = (skew * self.words.len() as f64) as usize;
            text.push_str(self.words.get(place).map_or("", String::as_str));
            text.push(' ');
        }
        text
    }

    fn said(&mut self, case: bool) -> Said {
        let mut said = Said { child: self.rng.random_bool(0.05), ..Said::default() };
        let length = if case { 12 } else { self.rng.random_range(20..90) };
        let mut text = self.text(length);
        if self.rng.random_bool(0.25) {
            text.push_str(&format!("07700 {:06} ", self.rng.random_range(0..400_000)));
        }
        if self.rng.random_bool(0.1) {
            text.push_str(&self.plate());
        }
        said.take_in(&text, Part::Words);
        let place = self.place();
        said.take_in(&place, Part::Place);
        said
    }

    fn plate(&mut self) -> String {
        let number: u32 = self.rng.random_range(0..100);
        let letter = |rng: &mut StdRng| char::from(b'A' + rng.random_range(0..20_u8));
        let rng = &mut self.rng;
        format!("W{}{number:02} {}{}{}", letter(rng), letter(rng), letter(rng), letter(rng))
    }

    fn place(&mut self) -> String {
        let number = self.rng.random_range(0..PLACES);
        let name = |number: usize| self.words.get(self.words.len() / 2 + number).cloned().unwrap_or_default();
        format!("{} {} road, WM{} {}AB", name(number), name(number / 7), number / 900, number % 10)
    }

    fn eyes(&self) -> Eyes<'_> {
        Eyes { member: Uuid::from_u128(7), teams: &[TEAM], speaks: &[], now: NOW, view: &self.view, language: None, whose: None }
    }

    /// A page of a list, with the counts of all lists. Gives how many the list has.
    #[must_use]
    pub fn list(&self, show: &str) -> usize {
        self.index.list(&self.eyes(), &[Filter::parse(show).unwrap_or(Filter::Open)], 0, ROWS).found
    }

    /// A page of the cases.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.index.cases(&self.eyes(), CaseFilter::Open, 0, ROWS).found
    }

    /// All numbers of the board, with what came in each hour of eight days. Gives how many are to do.
    #[must_use]
    pub fn board(&self) -> usize {
        let hours = NOW.unix_timestamp() / 3600;
        let came: usize = self.index.came(&[TEAM], hours - 192..=hours).iter().map(|came| came.in_hour + came.in_day).sum();
        std::hint::black_box(came);
        for urgency in [Urgency::Danger, Urgency::Soon, Urgency::Normal] {
            std::hint::black_box(self.index.waited(&[TEAM], urgency, Week::This, NOW));
        }
        self.index.board(&self.eyes()).count(Filter::Open)
    }

    /// A page of a search. Gives how many were found.
    #[must_use]
    pub fn search(&self, text: &str) -> usize {
        let query = Query::parse(text);
        let picked = self.index.pick(&self.eyes(), &[], &self.shelf.find(&query), 0, ROWS);
        for (id, _) in &picked.rows {
            std::hint::black_box(self.shelf.why(&query, *id));
        }
        picked.found
    }

    /// What may be about the same as a new contact. Gives how many are suggested.
    pub fn alike(&mut self) -> usize {
        let said = self.said(false);
        alike(&self.shelf, Uuid::nil(), &said).len()
    }

    /// Something to look for, as advisers look: a word or two, a beginning, a telephone number, a plate.
    pub fn question(&mut self) -> String {
        match self.rng.random_range(0..6) {
            0 => format!("07700 {:06}", self.rng.random_range(0..400_000)),
            1 => self.plate(),
            2 => self.place(),
            3 => self.text(1).chars().take(4).collect(),
            4 => self.text(3),
            _ => self.text(1),
        }
    }
}

/// Opens one contact as the reading into memory does, without the database: the wrap of its key, then its report. Gives how
/// long its report is, so that the work is done.
pub fn opening() -> impl FnMut() -> usize {
    let mut rng = StdRng::seed_from_u64(2);
    let (team, contact) = (SecretKey::<Team>::generate(&mut rng), SecretKey::<Contact>::generate(&mut rng));
    let place = |kind| EnvelopePlace { kind, organisation: Uuid::nil(), zone: ZONE, epoch: 1, record: Uuid::nil() };
    let seal = |kind, to: &dyn Recipient, text: &[u8], rng: &mut StdRng| envelope::seal(&place(kind), &[to], text, rng).unwrap_or_default();
    let wrap = seal(Kind::ContactKey, &team.public(), contact.seed().as_slice(), &mut rng);
    let report = seal(Kind::Report, &contact.public(), &[b'x'; 1200], &mut rng);
    move || {
        let Ok(seed) = envelope::open(&wrap, &place(Kind::ContactKey), &team) else { return 0 };
        let Ok(seed) = <[u8; 32]>::try_from(seed.as_slice()) else { return 0 };
        let key = SecretKey::<Contact>::from_seed(seed);
        envelope::open(&report, &place(Kind::Report), &key).map_or(0, |text| text.len())
    }
}

/// A made-up word that can be spoken.
fn word(rng: &mut StdRng) -> String {
    let syllables = rng.random_range(2..5);
    let pick = |rng: &mut StdRng, from: &[u8]| char::from(from.get(rng.random_range(0..from.len())).copied().unwrap_or(b'a'));
    (0..syllables).flat_map(|_| [pick(rng, b"bcdfghjklmnprstvwz"), pick(rng, b"aeiou")]).collect()
}
