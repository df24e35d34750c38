//! One contact: who writes, in which language, about which place, what they saw, said and allow.

use std::collections::{BTreeMap, BTreeSet};

use plainsight_vocabulary::{Answer, ConsentLevel, Proximity};
use time::{Duration, OffsetDateTime};

use super::contact::{InventedContact, InventedPlace, LaterMessage, ReportPath, SafeContact, Seen, Truth};
use super::desk;
use super::load::Scenario;
use super::place::Premises;
use super::random::Dice;
use super::rates::Shares;
use super::reach::{first_telephone, ways_back};
use super::text::{Language, Text, slots};
use super::typing::{in_haste, shlyokavitsa, without_marks};

/// How often a whole text is used where sentences could be put together instead.
const WHOLE_TEXT_ENGLISH: f64 = 0.24;
const WHOLE_TEXT_OTHER: f64 = 0.65;

/// Voices of people who may be near enough to see danger now.
const NEAR: &[&str] = &["customer", "neighbour", "insider", "friend", "worker", "young"];

/// Voices that sentences can be put together for; the others only have whole texts.
const COMPOSED: &[&str] = &["customer", "neighbour"];

/// Writes contacts with one source of chance.
pub(crate) struct Writer<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) dice: &'a mut Dice,
    pub(crate) until: OffsetDateTime,
}

/// What was settled before the words: the words follow the facts, never the other way round.
struct Facts<'a> {
    path: ReportPath,
    danger: bool,
    language: &'a Language,
    voice: String,
    /// `None` when the contact is about no place.
    premises: Option<&'a Premises>,
    signs: Vec<(String, Seen)>,
    signs_answered: bool,
    values: BTreeMap<&'static str, String>,
    text: Option<&'a Text>,
    repeats: Option<usize>,
}

impl Facts<'_> {
    fn saw(&self, sign: &str) -> bool {
        self.signs.iter().any(|(id, seen)| id == sign && *seen == Seen::Yes)
    }

    fn has_customers(&self, scenario: &Scenario) -> bool {
        self.premises.is_some_and(|premises| scenario.places.kinds.iter().any(|kind| kind.kind == premises.kind && kind.customers))
    }

    fn can_say(&self, sentence: &str) -> bool {
        slots(sentence).all(|slot| self.values.contains_key(slot))
    }

    fn fill(&self, sentence: &str) -> String {
        self.values.iter().fold(sentence.to_owned(), |text, (slot, value)| text.replace(&format!("{{{slot}}}"), value))
    }
}

impl<'a> Writer<'a> {
    pub(crate) fn contact(
        &mut self,
        number: usize,
        path: ReportPath,
        filed_at: OffsetDateTime,
        before: &[InventedContact],
    ) -> InventedContact {
        let mut facts = self.facts(path, before);
        let (mut own_words, language) = self.words(&facts);
        let child = self.child(&facts);
        let earlier = facts.repeats.and_then(|number| before.get(number));
        let (identity, safe_contact) = match earlier {
            Some(earlier) => (earlier.identity, earlier.safe_contact.clone()),
            None => ways_back(&self.scenario.rates, self.dice, path, number),
        };
        if identity == ConsentLevel::Share
            && let Some(phone) = first_telephone(&safe_contact)
            && self.dice.chance(0.4)
            && !own_words.is_empty()
        {
            facts.values.insert("phone", phone);
            if let Some(sentence) = self.dice.one(&facts.language.phone) {
                let stop = if own_words.ends_with(['.', '!', '?']) { "" } else { "." };
                own_words = format!("{own_words}{stop} {}", facts.fill(sentence));
            }
        }
        let name = match earlier {
            Some(earlier) => earlier.name.clone(),
            None if identity == ConsentLevel::Share || (identity == ConsentLevel::Confidential && self.dice.chance(0.5)) => {
                self.dice.one(&facts.language.names).cloned()
            }
            None => None,
        };
        let later_messages = self.later(&facts, &safe_contact, filed_at);
        let mut contact = InventedContact {
            number,
            path,
            proximity: proximity(path, &facts.voice),
            language,
            filed_at,
            danger: facts.danger,
            child,
            place: self.place(&facts),
            signs: if facts.signs_answered { std::mem::take(&mut facts.signs) } else { Vec::new() },
            own_words,
            identity,
            name,
            safe_contact,
            later_messages,
            desk_story: super::contact::DeskStory::default(),
            truth: Truth {
                premises: facts.premises.map(|premises| premises.id.clone()),
                voice: facts.voice.clone(),
                repeats: facts.repeats,
            },
        };
        contact.desk_story = desk::story(self.scenario, self.dice, &contact, self.until);
        contact
    }

    fn facts(&mut self, path: ReportPath, before: &[InventedContact]) -> Facts<'a> {
        let scenario = self.scenario;
        let rates = &scenario.rates;
        let (languages, kinds, voices) = match path {
            ReportPath::Me => (&rates.languages_me, &rates.kinds_me, &rates.voices_me),
            ReportPath::Noticed => (&rates.languages_noticed, &rates.kinds_noticed, &rates.voices_noticed),
        };
        let danger = self.dice.chance(rates.share.danger);
        let mut language = self.dice.share(languages).and_then(|tag| scenario.language(tag)).unwrap_or(&scenario.languages[0]);
        let mut voice = self.dice.share(voices).unwrap_or("customer").to_owned();
        if danger && !NEAR.contains(&voice.as_str()) {
            "neighbour".clone_into(&mut voice);
        }
        let mut earlier = None;
        if voice == "again" {
            let candidates: Vec<_> =
                before.iter().filter(|one| one.path == path && one.truth.repeats.is_none() && can_repeat(one, scenario)).collect();
            match self.dice.one(&candidates) {
                Some(one) => {
                    earlier = Some(one.number);
                    let tag = one.language.split('-').next().unwrap_or("en");
                    language = scenario.language(tag).unwrap_or(language);
                }
                None => voice = "neighbour".to_owned(),
            }
        } else if !COMPOSED.contains(&voice.as_str()) && voice != "short" && !language.texts.iter().any(|text| text.voice == voice) {
            voice = "neighbour".to_owned();
        }
        let premises = match earlier.and_then(|number| before.get(number)) {
            Some(one) => one.truth.premises.as_deref().and_then(|id| scenario.premises(id)),
            None => self.premises(language, &voice, kinds),
        };
        let signs = premises.map(|premises| self.signs(&premises.kind)).unwrap_or_default();
        let asks_signs = path == ReportPath::Noticed && earlier.is_none() && !["advice", "hoax", "sex-work"].contains(&voice.as_str());
        let signs_answered = asks_signs && (voice == "short" || self.dice.chance(rates.share.signs_answered));
        let mut facts =
            Facts { path, danger, language, voice, premises, signs, signs_answered, values: BTreeMap::new(), text: None, repeats: earlier };
        // Who lives beside a shop mostly writes as its customer, and nobody is the customer of a building site.
        match (facts.voice.as_str(), facts.has_customers(scenario)) {
            ("customer", false) => "neighbour".clone_into(&mut facts.voice),
            ("neighbour", true) if self.dice.chance(0.5) => "customer".clone_into(&mut facts.voice),
            _ => {}
        }
        facts.values = self.values(&facts);
        facts.text = self.whole_text(&facts);
        if facts.text.is_none() && facts.signs_answered && !COMPOSED.contains(&facts.voice.as_str()) && facts.voice != "short" {
            // This voice has no words for just these answers: it is one of those who send only words.
            facts.signs_answered = false;
            facts.text = self.whole_text(&facts);
        }
        if facts.text.is_none() && facts.path == ReportPath::Noticed && !COMPOSED.contains(&facts.voice.as_str()) && facts.voice != "short"
        {
            "neighbour".clone_into(&mut facts.voice);
        }
        if facts.text.is_some_and(|text| !text.about_place) {
            facts.premises = None;
            facts.signs.clear();
        }
        facts
    }

    /// Places by kind and, within the kind, by how often each is reported; only kinds that the voice has words for.
    fn premises(&mut self, language: &Language, voice: &str, kinds: &Shares) -> Option<&'a Premises> {
        let own: Vec<&Text> = language.texts.iter().filter(|text| text.voice == voice).collect();
        let anywhere = COMPOSED.contains(&voice) || voice == "short" || own.iter().any(|text| text.kinds.is_empty());
        let allowed: BTreeSet<&str> = own.iter().flat_map(|text| text.kinds.iter().map(String::as_str)).collect();
        let fits = |kind: &str| anywhere || allowed.contains(kind);
        let kinds: Shares = kinds.iter().filter(|(kind, _)| fits(kind)).map(|(kind, share)| (kind.clone(), *share)).collect();
        let kind = self.dice.share(&kinds)?.to_owned();
        let of_kind: Vec<&'a Premises> = self.scenario.places.premises.iter().filter(|premises| premises.kind == kind).collect();
        let index = self.dice.index(of_kind.iter().map(|premises| f64::from(premises.weight)))?;
        of_kind.get(index).copied()
    }

    /// The answers to the signs of a kind of place, each by its base rate.
    fn signs(&mut self, kind: &str) -> Vec<(String, Seen)> {
        let rates = &self.scenario.rates;
        let mut answers = Vec::new();
        for (sign, share) in rates.signs.get(kind).into_iter().flatten() {
            if self.dice.chance(*share) {
                answers.push((sign.clone(), Seen::Yes));
            } else if !self.dice.chance(rates.answers.left_out) {
                let seen = if self.dice.chance(rates.answers.could_not_see) { Seen::CouldNotSee } else { Seen::No };
                answers.push((sign.clone(), seen));
            }
        }
        answers
    }

    /// What the slots of this contact's texts stand for; a slot without a value is not there, and no text with it is used.
    fn values(&mut self, facts: &Facts<'_>) -> BTreeMap<&'static str, String> {
        let mut values = BTreeMap::from([
            ("day", self.dice.one(&facts.language.days).cloned().unwrap_or_default()),
            ("hours", self.dice.between(12, 17).to_string()),
            ("clock", format!("{}:{}0", self.dice.between(8, 20), self.dice.between(0, 6))),
            ("count", self.dice.between(5, 10).to_string()),
            ("wage", (20 + 5 * self.dice.between(0, 5)).to_string()),
        ]);
        let Some(premises) = facts.premises else { return values };
        let places = &self.scenario.places;
        let price = if premises.kind == "hand-car-wash" { self.dice.between(5, 7) } else { self.dice.between(7, 11) };
        values.insert("price", price.to_string());
        let called = self.called(premises, facts.language.language == "en");
        if !premises.street.is_empty() && !called.contains(&premises.street) {
            values.insert("street", premises.street.clone());
        }
        values.insert("premises", called);
        let vehicles: Vec<_> = places.vehicles.iter().filter(|vehicle| vehicle.premises == premises.id).collect();
        if let Some(vehicle) = self.dice.one(&vehicles) {
            values.insert("vehicle", vehicle.description.clone());
            values.insert("plate_part", vehicle.plate.split(' ').next().unwrap_or_default().to_owned());
            let plate = if self.dice.chance(0.3) { vehicle.plate.replace(' ', "") } else { vehicle.plate.clone() };
            values.insert("plate", if self.dice.chance(0.15) { plate.to_lowercase() } else { plate });
        }
        if let Some(figure) = places.figures.iter().find(|figure| figure.premises == premises.id) {
            values.insert("nick", figure.called.clone());
        }
        if let Some(index) = places.premises.iter().position(|one| one.id == premises.id) {
            values.insert("phone_there", format!("07700 900{:03}", 300 + index % 200));
        }
        values
    }

    /// What the writer calls the place. Only English texts use descriptions such as "the end house"; the others use names.
    fn called(&mut self, premises: &Premises, english: bool) -> String {
        let is_name = |text: &str| english || (text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()));
        let spellings: Vec<&String> = premises.spellings.iter().filter(|spelling| is_name(spelling)).collect();
        if self.dice.chance(self.scenario.rates.share.another_spelling)
            && let Some(spelling) = self.dice.one(&spellings)
        {
            return (*spelling).clone();
        }
        match (is_name(&premises.name), premises.number.is_empty()) {
            (true, _) => premises.name.clone(),
            (false, false) => format!("{} {}", premises.number, premises.street),
            (false, true) => premises.street.clone(),
        }
    }

    /// A whole text that says nothing the answers do not say.
    fn whole_text(&mut self, facts: &Facts<'a>) -> Option<&'a Text> {
        let fits = |text: &&Text| {
            text.voice == facts.voice
                && (text.kinds.is_empty() || facts.premises.is_some_and(|premises| text.kinds.contains(&premises.kind)))
                && (!facts.signs_answered || text.signs.iter().all(|sign| facts.saw(sign)))
                && (!text.about_place || facts.premises.is_some() || facts.path == ReportPath::Me)
                && facts.can_say(&text.text)
        };
        let language: &'a Language = facts.language;
        let texts: Vec<&'a Text> = language.texts.iter().filter(fits).collect();
        if COMPOSED.contains(&facts.voice.as_str()) {
            let share = if language.language == "en" { WHOLE_TEXT_ENGLISH } else { WHOLE_TEXT_OTHER };
            if !self.dice.chance(share) {
                return None;
            }
        }
        self.dice.one(&texts).copied()
    }

    /// The words and the language tag they are in.
    fn words(&mut self, facts: &Facts<'a>) -> (String, String) {
        let language = facts.language;
        let mut sentences: Vec<String> = Vec::new();
        match facts.text {
            Some(text) => {
                sentences.push(facts.fill(&text.text));
                let said: BTreeSet<&str> = text.signs.iter().map(String::as_str).collect();
                if COMPOSED.contains(&facts.voice.as_str()) && facts.has_customers(self.scenario) {
                    let more = usize::try_from(self.dice.between(0, 3)).unwrap_or(0);
                    sentences.extend(self.says(facts, more, &said));
                }
            }
            None if facts.voice != "short" && self.dice.chance(self.scenario.rates.share.own_words) => {
                let customer = facts.voice == "customer" && !language.openings_customer.is_empty();
                let openings = facts.premises.and_then(|premises| language.openings_at.get(&premises.kind));
                let openings = openings.unwrap_or(if customer { &language.openings_customer } else { &language.openings });
                let openings: Vec<&String> = openings.iter().filter(|sentence| facts.can_say(sentence)).collect();
                sentences.extend(self.dice.one(&openings).map(|sentence| facts.fill(sentence)));
                let more = usize::try_from(self.dice.between(1, 4)).unwrap_or(1);
                let says = self.says(facts, more, &BTreeSet::new());
                if says.is_empty() {
                    sentences.extend(self.dice.one(&language.vague).cloned());
                }
                sentences.extend(says);
            }
            None => {}
        }
        if !sentences.is_empty() && facts.path == ReportPath::Noticed && COMPOSED.contains(&facts.voice.as_str()) {
            if self.dice.chance(self.scenario.rates.share.names_vehicle) {
                let vehicle: Vec<&String> = language.vehicle.iter().filter(|sentence| facts.can_say(sentence)).collect();
                sentences.extend(self.dice.one(&vehicle).map(|sentence| facts.fill(sentence)));
            }
            if self.dice.chance(0.6) {
                sentences.extend(self.dice.one(&language.closings).cloned());
            }
        }
        if facts.danger {
            let danger = if facts.path == ReportPath::Me { &language.danger_me } else { &language.danger };
            sentences.extend(self.dice.one(danger).cloned());
        }
        let mut text = sentences.join(" ");
        let mut tag = language.language.clone();
        if self.dice.chance(language.without_marks) {
            text = without_marks(&text);
        }
        if self.dice.chance(language.shlyokavitsa) && !text.is_empty() {
            text = shlyokavitsa(&text);
            tag.push_str("-Latn");
        }
        if language.language == "en" {
            text = in_haste(text, self.dice);
        }
        (text, tag)
    }

    /// Up to so many sentences about signs that were seen, one a sign, in any order.
    fn says(&mut self, facts: &Facts<'a>, most: usize, said: &BTreeSet<&str>) -> Vec<String> {
        let kind = facts.premises.map_or("", |premises| premises.kind.as_str());
        let mut signs: Vec<&str> = facts.signs.iter().map(|(sign, _)| sign.as_str()).collect();
        signs.retain(|sign| facts.saw(sign) && !said.contains(sign));
        self.dice.shuffle(&mut signs);
        let mut sentences = Vec::new();
        for sign in signs {
            if sentences.len() == most {
                break;
            }
            let ways: Vec<&String> = facts.language.ways(sign, kind).iter().filter(|sentence| facts.can_say(sentence)).collect();
            sentences.extend(self.dice.one(&ways).map(|sentence| facts.fill(sentence)));
        }
        sentences
    }

    fn child(&mut self, facts: &Facts<'_>) -> Option<Answer> {
        let rates = &self.scenario.rates;
        match facts.voice.as_str() {
            "young" => return Some(if self.dice.chance(0.7) { Answer::Yes } else { Answer::NotSure }),
            "young-witness" => return Some(Answer::Yes),
            _ => {}
        }
        if facts.signs_answered && ["chd-work", "chd-gifts", "chd-missing", "chd-eatsapart"].iter().any(|sign| facts.saw(sign)) {
            return Some(if self.dice.chance(0.8) { Answer::Yes } else { Answer::NotSure });
        }
        let shares = if facts.path == ReportPath::Me { &rates.child_me } else { &rates.child_noticed };
        match self.dice.share(shares) {
            Some("yes") => Some(Answer::Yes),
            Some("no") => Some(Answer::No),
            Some("not-sure") => Some(Answer::NotSure),
            _ => None,
        }
    }

    fn place(&mut self, facts: &Facts<'_>) -> InventedPlace {
        let Some(premises) = facts.premises else { return InventedPlace::default() };
        let kind = self.scenario.places.kinds.iter().find(|kind| kind.kind == premises.kind);
        if facts.path == ReportPath::Me && self.dice.chance(0.2) {
            // Somebody who is kept in a place may not know where it is.
            return InventedPlace::default();
        }
        let spelling = facts.values.get("premises").cloned().unwrap_or_default();
        let street = facts.values.get("street").filter(|_| self.dice.chance(0.65)).cloned();
        let words = match (&street, self.dice.between(0, 4)) {
            (Some(street), 0) => format!("{spelling}, {street}"),
            (Some(street), 1) if !premises.number.is_empty() => format!("{} {street}", premises.number),
            _ => spelling,
        };
        let postcode = (!premises.postcode.is_empty() && self.dice.chance(self.scenario.rates.share.gives_postcode))
            .then(|| if self.dice.chance(0.3) { premises.postcode.to_lowercase() } else { premises.postcode.clone() });
        InventedPlace {
            venue: kind.map(|kind| kind.venue.clone()),
            setting: kind.and_then(|kind| kind.setting.clone()),
            words,
            street,
            postcode,
        }
    }

    fn later(&mut self, facts: &Facts<'a>, safe_contact: &SafeContact, filed_at: OffsetDateTime) -> Vec<LaterMessage> {
        let comes_back = *safe_contact != SafeContact::None && !["hoax", "sex-work"].contains(&facts.voice.as_str());
        if !comes_back || !self.dice.chance(self.scenario.rates.share.later_messages) {
            return Vec::new();
        }
        let mut messages: Vec<String> = facts.text.map(|text| text.later.clone()).unwrap_or_default();
        if messages.is_empty() || self.dice.chance(0.3) {
            let general: Vec<&String> = facts.language.later.iter().filter(|sentence| facts.can_say(sentence)).collect();
            messages.extend(self.dice.one(&general).map(|text| (*text).clone()));
        }
        let mut after = Duration::ZERO;
        let mut later = Vec::new();
        for message in messages.iter().filter(|message| facts.can_say(message)) {
            after += Duration::minutes(self.dice.between(90, 9 * 24 * 60));
            if filed_at + after > self.until {
                break;
            }
            later.push(LaterMessage { after, text: facts.fill(message) });
        }
        later
    }
}

fn can_repeat(contact: &InventedContact, scenario: &Scenario) -> bool {
    let tag = contact.language.split('-').next().unwrap_or_default();
    contact.truth.premises.is_some()
        && !["hoax", "sex-work", "advice"].contains(&contact.truth.voice.as_str())
        && scenario.language(tag).is_some_and(|language| language.texts.iter().any(|text| text.voice == "again"))
}

fn proximity(path: ReportPath, voice: &str) -> Proximity {
    match (path, voice) {
        (ReportPath::Me, _) => Proximity::Myself,
        (_, "friend" | "insider" | "young-witness") => Proximity::Known,
        (_, "professional") => Proximity::Professional,
        _ => Proximity::Public,
    }
}
