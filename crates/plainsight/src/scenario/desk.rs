//! What the desk does with an invented contact: read in time, note, reply, at times ask, close. A desk that keeps up: what is
//! left open is what came lately, and a few that were forgotten.

use plainsight_vocabulary::Answer;
use time::{Duration, OffsetDateTime};

use super::contact::{DeskAct, DeskStep, DeskStory, InventedContact, ReportPath, SafeContact};
use super::load::Scenario;
use super::random::Dice;

/// Staffed minutes of the local day.
const OPENS: u16 = 8 * 60;
const CLOSES: u16 = 20 * 60;

/// The steps of one contact, in order, none after `until`.
pub(crate) fn story(scenario: &Scenario, dice: &mut Dice, contact: &InventedContact, until: OffsetDateTime) -> DeskStory {
    let mut desk = Desk { scenario, contact, now: contact.filed_at, steps: Vec::new() };
    if is_urgent(contact) {
        desk.urgent(dice);
    } else if dice.chance(0.3) && contact.filed_at + Duration::hours(20) > until {
        // Nobody has got round to it yet.
        return DeskStory::default();
    } else {
        desk.ordinary(dice);
    }
    desk.steps.sort_by_key(|step| step.after);
    let steps = desk.steps.into_iter().filter(|step| contact.filed_at + step.after <= until).collect();
    DeskStory { steps }
}

/// Danger now, or somebody who writes about themselves and may be a child.
fn is_urgent(contact: &InventedContact) -> bool {
    contact.danger || contact.truth.voice == "young"
}

struct Desk<'a> {
    scenario: &'a Scenario,
    contact: &'a InventedContact,
    now: OffsetDateTime,
    steps: Vec<DeskStep>,
}

impl Desk<'_> {
    /// Danger: read within minutes at any hour, told by telephone first, noted after, reviewed by a second person within a day.
    fn urgent(&mut self, dice: &mut Dice) {
        let desk = &self.scenario.desk;
        let staffed = self.is_staffed();
        let by = if staffed { self.adviser(dice) } else { self.on_call() };
        let supervisor = self.supervisor();
        self.wait(dice.between(2, 14));
        self.step(&by, DeskAct::Opened);
        let young = self.contact.truth.voice == "young";
        let receiver = desk.urgent.receivers.get(usize::from(young && !self.contact.danger)).cloned().unwrap_or_default();
        let incident_reference = if dice.chance(0.15) { "none given".to_owned() } else { format!("WP-{:05}", dice.between(1_000, 99_999)) };
        self.wait(dice.between(3, 9));
        self.step(&by, DeskAct::UrgentReferral { receiver, incident_reference, told: desk.urgent.told.clone() });
        self.wait(dice.between(4, 20));
        let note = self.note(dice, if young { "young" } else { "danger" });
        self.step(&by, DeskAct::Note(note));
        if self.reachable() {
            self.wait(dice.between(2, 15));
            let reply = self.reply(dice);
            self.step(&by, DeskAct::Reply(reply));
        }
        self.wait(dice.between(120, 20 * 60));
        if by == supervisor {
            let other = self.adviser(dice);
            self.step(&other, DeskAct::UrgentReviewed);
        } else {
            self.step(&supervisor, DeskAct::UrgentReviewed);
        }
        self.wait(dice.between(60, 600));
        let why = desk.safe.get(if young { "young" } else { "danger" }).cloned().unwrap_or_default();
        self.step(&by, DeskAct::MarkedSafe(why));
        self.read_later_messages(&by, dice);
        let days = days_until_feedback(dice);
        self.close(&by, dice, days, "urgent");
    }

    /// Everything else, in staffed hours.
    fn ordinary(&mut self, dice: &mut Dice) {
        let by = self.adviser(dice);
        let soon =
            self.contact.path == ReportPath::Me || self.contact.child == Some(Answer::Yes) || self.contact.child == Some(Answer::NotSure);
        self.wait_staffed(if soon { dice.between(8, 55) } else { dice.between(15, 235) });
        self.step(&by, DeskAct::Opened);
        let voice = self.contact.truth.voice.as_str();
        let kind = match voice {
            "professional" | "young-witness" | "advice" | "hoax" | "sex-work" | "again" => voice,
            _ if self.contact.path == ReportPath::Me => "me",
            _ => "general",
        };
        if dice.chance(0.85) {
            self.wait(dice.between(3, 25));
            let note = self.note(dice, kind);
            self.step(&by, DeskAct::Note(note));
        }
        let answers = voice != "hoax" && self.reachable();
        if answers {
            self.wait(dice.between(5, 40));
            let reply = self.reply(dice);
            self.step(&by, DeskAct::Reply(reply));
        }
        if answers && !["advice", "sex-work"].contains(&voice) && dice.chance(0.18) {
            self.wait_staffed(dice.between(10, 300));
            let ask = in_language(&self.scenario.desk.asks, &self.contact.language, dice);
            self.step(&by, DeskAct::Ask(ask));
        }
        self.read_later_messages(&by, dice);
        match voice {
            "hoax" | "sex-work" | "advice" => self.close(&by, dice, 0, voice),
            // Nobody waits for an answer.
            _ if !answers => self.close(&by, dice, 0, "general"),
            _ if dice.chance(0.95) => {
                let reason = if dice.chance(0.4) { "passed" } else { "general" };
                let days = days_until_feedback(dice);
                self.close(&by, dice, days, reason);
            }
            _ => {}
        }
    }

    /// What the reporter adds is read in staffed hours; nothing ends before it is.
    fn read_later_messages(&mut self, by: &str, dice: &mut Dice) {
        let so_far = self.now;
        for later in &self.contact.later_messages {
            self.now = self.contact.filed_at + later.after;
            self.wait_staffed(dice.between(15, 200));
            self.step(by, DeskAct::Opened);
            self.now = self.now.max(so_far);
        }
    }

    fn close(&mut self, by: &str, dice: &mut Dice, days: i64, reason: &str) {
        self.now += Duration::days(days);
        self.wait_staffed(dice.between(20, 300));
        let reason = self.scenario.desk.close.get(reason).cloned().unwrap_or_default();
        self.step(by, DeskAct::Closed(reason));
    }

    fn step(&mut self, by: &str, act: DeskAct) {
        self.steps.push(DeskStep { by: by.to_owned(), after: self.now - self.contact.filed_at, act });
    }

    fn wait(&mut self, minutes: i64) {
        self.now += Duration::minutes(minutes);
    }

    /// Waits, and when nobody is at the desk then, as long again after it opens.
    fn wait_staffed(&mut self, minutes: i64) {
        self.wait(minutes);
        for _ in 0..24 {
            let (_, minute) = self.scenario.zone.local(self.now);
            if (OPENS..CLOSES).contains(&minute) {
                return;
            }
            let until_opening = if minute < OPENS { OPENS - minute } else { 24 * 60 - minute + OPENS };
            self.wait(i64::from(until_opening) + minutes.min(90));
        }
    }

    fn is_staffed(&self) -> bool {
        let (_, minute) = self.scenario.zone.local(self.now);
        (OPENS..CLOSES).contains(&minute)
    }

    /// Somebody who speaks the language, if there is one, else any adviser.
    fn adviser(&self, dice: &mut Dice) -> String {
        let tag = self.contact.language.split('-').next().unwrap_or("en");
        let advisers: Vec<_> = self
            .scenario
            .organisation
            .members
            .iter()
            .filter(|member| member.has_role("helpline", "adviser") && !member.has_role("helpline", "supervisor"))
            .collect();
        let speak: Vec<_> = advisers.iter().filter(|member| member.languages.iter().any(|language| language == tag)).collect();
        let chosen = dice.one(&speak).map(|member| **member).or_else(|| dice.one(&advisers).copied());
        chosen.map(|member| member.sign_in.clone()).unwrap_or_default()
    }

    fn supervisor(&self) -> String {
        let members = &self.scenario.organisation.members;
        members.iter().find(|member| member.has_role("helpline", "supervisor")).map(|member| member.sign_in.clone()).unwrap_or_default()
    }

    /// Whoever is on call at this minute of the week.
    fn on_call(&self) -> String {
        let (date, minute) = self.scenario.zone.local(self.now);
        let slots = self.scenario.organisation.slots().unwrap_or_default();
        slots
            .into_iter()
            .find(|slot| slot.duty == "on call" && slot.day == date.weekday() && (slot.from..slot.to).contains(&minute))
            .map_or_else(|| self.supervisor(), |slot| slot.member)
    }

    fn reachable(&self) -> bool {
        self.contact.safe_contact != SafeContact::None
    }

    fn note(&self, dice: &mut Dice, kind: &str) -> String {
        let notes = self.scenario.desk.notes.get(kind).map_or(&[][..], Vec::as_slice);
        let name = self.contact.truth.premises.as_deref().and_then(|id| self.scenario.premises(id)).map(|premises| premises.name.as_str());
        let fitting: Vec<&String> = notes.iter().filter(|note| name.is_some() || !note.contains("{premises}")).collect();
        dice.one(&fitting).map(|note| note.replace("{premises}", name.unwrap_or_default())).unwrap_or_default()
    }

    fn reply(&self, dice: &mut Dice) -> String {
        let texts = &self.scenario.desk;
        let voice = self.contact.truth.voice.as_str();
        if self.contact.language == "en"
            && let Some(reply) = texts.replies_other.get(voice).and_then(|replies| dice.one(replies))
        {
            return reply.clone();
        }
        // Who asks for advice may well ask for themselves.
        let for_oneself = self.contact.path == ReportPath::Me || voice == "advice";
        let replies = if for_oneself { &texts.replies_me } else { &texts.replies_noticed };
        in_language(replies, &self.contact.language, dice)
    }
}

/// Days until the reporter has been told what became of it.
fn days_until_feedback(dice: &mut Dice) -> i64 {
    dice.between(3, 21)
}

fn in_language(texts: &std::collections::BTreeMap<String, Vec<String>>, tag: &str, dice: &mut Dice) -> String {
    let base = tag.split('-').next().unwrap_or("en");
    texts.get(base).or_else(|| texts.get("en")).and_then(|texts| dice.one(texts)).cloned().unwrap_or_default()
}
