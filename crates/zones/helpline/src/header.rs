//! The routing header of a contact: all that unattended work may know. Class S: the service's key opens it, so it says
//! nothing of what was reported, where, or by whom.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_vocabulary::{KeptFor, Urgency};

/// Every header is stored in this many bytes before sealing, so that its length says nothing.
pub(crate) const HEADER_SIZE: usize = 1024;

/// So many people can have one contact in hand: more would be nobody.
pub(crate) const MOST_HANDS: usize = 6;

/// What clocks, rota and lists work with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) version: u8,
    pub(crate) organisation: Uuid,
    pub(crate) team: Uuid,
    pub(crate) urgency: Urgency,
    /// Only when the language is common here (20 or more contacts in 90 days), else `other`.
    pub(crate) language: String,
    pub(crate) clocks: Clocks,
    pub(crate) retention: Retention,
    pub(crate) size: SizeClass,
    pub(crate) flags: Flags,
    #[serde(default)]
    pub(crate) alarm: Alarm,
    /// What somebody has been told of the clocks (see `watch.rs`).
    #[serde(default)]
    pub(crate) told: Told,
    /// Who has it in hand: nobody, or several. Nobody owns a contact.
    #[serde(default)]
    pub(crate) hands: Vec<Uuid>,
    #[serde(default, skip_serializing_if = "Folder::is_contact")]
    pub(crate) folder: Folder,
    /// Since which day nothing is due and nothing keeps it, in seconds since 1970: from then on the time of keeping counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settled: Option<i64>,
}

/// What the folder is that the header belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Folder {
    /// What somebody told us.
    #[default]
    Contact,
    /// A case: contacts that are looked at together. It has a key, papers, hands and a clock like a contact, and no reporter.
    Case,
}

impl Folder {
    fn is_contact(&self) -> bool {
        *self == Self::Contact
    }
}

/// The last alarm about a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// By when what it was about is due, in seconds since 1970. Another time is another clock.
    pub(crate) of: i64,
    /// So many alarms were given about it.
    pub(crate) rounds: u32,
    /// When the last one was given, in seconds since 1970.
    pub(crate) at: i64,
}

/// The alarm that a danger sets off. It pages until somebody has dealt with the danger, not only until somebody has seen it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Alarm {
    /// How often it was set off: the paging of an earlier one stops.
    pub(crate) number: u32,
    /// Nobody has marked the danger as dealt with or passed it on.
    pub(crate) on: bool,
    /// Somebody has opened the contact since the last round: this round pages nobody.
    pub(crate) attended: bool,
    /// Somebody has opened the contact since it went off: the time by which a person must look is kept.
    pub(crate) seen: bool,
}

impl Alarm {
    /// Sets it off, anew if it was on.
    pub(crate) fn set_off(&mut self) {
        *self = Self { number: self.number.saturating_add(1), on: true, attended: false, seen: false };
    }

    /// There is something that nobody has read.
    fn unread(&mut self) {
        self.attended = false;
        self.seen = false;
    }

    /// Somebody has all of the contact before their eyes.
    pub(crate) fn attend(&mut self) {
        self.attended = true;
        self.seen = true;
    }
}

/// When what is due. Rounded at first reading (hour; anonymous: day), so that a seized list does not match a network log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clocks {
    #[serde(with = "time::serde::timestamp")]
    pub(crate) arrived: OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) read_by: OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) acknowledge_by: OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) feedback_by: OffsetDateTime,
}

/// How long content is kept when nothing holds it: the later, the longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Retention {
    /// Anonymous contacts are kept shortest.
    Anonymous,
    Ordinary,
    /// Danger, child, referral: kept longest.
    Safeguarding,
}

/// The padding step of the first envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SizeClass {
    Short,
    Medium,
    Long,
    VeryLong,
}

/// Where a contact stands. Each is a fact about the work, none about the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Flags {
    /// Somebody on the team has opened it.
    pub(crate) read: bool,
    /// The reporter wrote since the team last looked.
    pub(crate) reporter_wrote: bool,
    /// The team answered at least once.
    pub(crate) acknowledged: bool,
    /// The reporter was told what became of it, and has not written since.
    pub(crate) told_outcome: bool,
    /// A question of ours is open with the reporter.
    pub(crate) waiting_for_reporter: bool,
    /// An adviser looked and marked the danger as dealt with.
    pub(crate) safe: bool,
    /// An urgent referral was made.
    pub(crate) referred: bool,
    /// ... and awaits its review by a second person.
    pub(crate) review_due: bool,
    /// The dialogue is paused until a supervisor has looked (see `dialogue.rs`).
    pub(crate) supervisor_due: bool,
    /// An adviser is still writing down what somebody says: whoever opens it can go on.
    pub(crate) unfinished: bool,
    /// Closed with a reason: nothing is due until somebody takes it up again.
    pub(crate) closed: bool,
    /// It may not be deleted, whoever asks: a court, an inquiry or a complaint needs it.
    pub(crate) held: bool,
    /// It is in a case that is open.
    pub(crate) in_case: bool,
    /// The reporter withdrew.
    pub(crate) withdrawn: bool,
    /// The content can no longer be opened by anyone.
    pub(crate) erased: bool,
}

/// A stored header that cannot be understood.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    #[error("the header is {0} bytes long before padding: more than its fixed size holds")]
    TooLong(usize),
    #[error("the stored header cannot be read: {0}")]
    Unreadable(String),
}

impl Header {
    pub(crate) fn is_case(&self) -> bool {
        self.folder == Folder::Case
    }

    /// Notes the day from which on nothing is due and nothing keeps it, or that this is not so any more. Every change of a
    /// header ends with it.
    pub(crate) fn settle(&mut self, now: OffsetDateTime) {
        let Flags { review_due, held, in_case, erased, .. } = self.flags;
        let settled = self.next_due().is_none() && !review_due && !held && !in_case && !erased;
        let day = now.replace_time(time::Time::MIDNIGHT).unix_timestamp();
        self.settled = settled.then(|| self.settled.unwrap_or(day));
    }

    /// From which moment on it is kept no longer; `None` while something is due or keeps it.
    pub(crate) fn kept_until(&self, kept: &KeptFor) -> Option<OffsetDateTime> {
        let days = match self.retention {
            Retention::Anonymous => kept.anonymous_days,
            Retention::Ordinary => kept.ordinary_days,
            Retention::Safeguarding => kept.safeguarding_days,
        };
        let since = OffsetDateTime::from_unix_timestamp(self.settled?).ok()?;
        since.checked_add(time::Duration::days(i64::from(days)))
    }

    /// Bytes of the fixed size, ready to be sealed.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, HeaderError> {
        let mut bytes = serde_json::to_vec(self).map_err(|error| HeaderError::Unreadable(error.to_string()))?;
        if bytes.len() > HEADER_SIZE {
            return Err(HeaderError::TooLong(bytes.len()));
        }
        bytes.resize(HEADER_SIZE, b' ');
        Ok(bytes)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderError> {
        let mut header: Self = serde_json::from_slice(bytes).map_err(|error| HeaderError::Unreadable(error.to_string()))?;
        // Written before alarms were counted: a danger in it pages on, as it did.
        if header.alarm.number == 0 && header.urgency == Urgency::Danger && !header.flags.safe && !header.flags.referred {
            header.alarm.on = true;
        }
        Ok(header)
    }

    /// What the team must do next, and by when; none when nothing is open.
    pub(crate) fn next_due(&self) -> Option<(Due, OffsetDateTime)> {
        let Flags { read, reporter_wrote, acknowledged, told_outcome, safe, closed, withdrawn, erased, .. } = self.flags;
        if erased {
            return None;
        }
        if self.is_case() {
            return (!closed).then_some((Due::LookAgain, self.clocks.feedback_by));
        }
        // Before withdrawing: whoever is in danger may be made to withdraw, and reading alone helps nobody.
        if self.urgency == Urgency::Danger && !safe {
            return Some((Due::Danger, self.clocks.read_by));
        }
        // What somebody wrote before they withdrew is still read: it may say why.
        if withdrawn && !reporter_wrote {
            return None;
        }
        if !read || reporter_wrote {
            return Some((Due::Read, self.clocks.read_by));
        }
        // After danger and reading: no closing may hide those.
        if closed {
            return None;
        }
        if !acknowledged {
            return Some((Due::Acknowledge, self.clocks.acknowledge_by));
        }
        (!told_outcome).then_some((Due::Feedback, self.clocks.feedback_by))
    }

    /// By when the next thing is due, where that is still a promise to keep: a danger at which somebody has looked stays
    /// open, and its time is over (and rounded, so that counting its minutes would mislead).
    pub(crate) fn due_by(&self) -> Option<OffsetDateTime> {
        match self.next_due() {
            Some((Due::Danger, _)) if self.alarm.seen => None,
            Some((_, by)) => Some(by),
            None => None,
        }
    }

    /// Somebody says that there is danger now: its clock starts and its alarm goes off, whatever was marked before.
    pub(crate) fn raise_danger(&mut self, look_by: OffsetDateTime) {
        self.clocks.read_by = match self.next_due() {
            // A danger at which nobody has looked yet is not put off by another word of it.
            Some((Due::Danger, at)) if !self.alarm.seen => at.min(look_by),
            _ => look_by,
        };
        self.urgency = Urgency::Danger;
        self.retention = Retention::Safeguarding;
        self.flags.safe = false;
        self.flags.closed = false;
        self.alarm.set_off();
    }

    /// The reporter wrote.
    pub(crate) fn reporter_wrote(&mut self) {
        self.flags.reporter_wrote = true;
        self.flags.waiting_for_reporter = false;
        self.flags.told_outcome = false;
        self.flags.closed = false;
    }

    /// The reporter was told what became of it: nothing more is due. It is no closing: whoever closes gives a reason, and what
    /// the reporter wrote meanwhile was not yet in what they were told.
    pub(crate) fn told_outcome(&mut self) {
        let flags = &mut self.flags;
        flags.acknowledged = true;
        flags.waiting_for_reporter = false;
        flags.told_outcome = !flags.reporter_wrote;
    }

    /// What the reporter writes after they were told is told of anew, by a clock of its own: the first has long run out.
    /// Before the other changes that their words make.
    pub(crate) fn tell_anew(&mut self, feedback_by: OffsetDateTime) {
        if std::mem::take(&mut self.flags.told_outcome) {
            self.clocks.feedback_by = feedback_by;
        }
    }

    /// The reporter wrote, and it is read soon. What waits to be read already keeps its time, or gets an earlier one when
    /// the reporter is not sure of a danger. Into an open danger nobody writes unheard, whatever they say of it: those to
    /// whom it was passed on cannot know of it, and who is at it has to open it again.
    pub(crate) fn more_to_read(&mut self, read_by: OffsetDateTime, unsure: bool) {
        let due = self.next_due();
        self.clocks.read_by = match due {
            Some((Due::Danger, _)) if self.alarm.seen => read_by,
            Some((Due::Danger | Due::Read, at)) if unsure => at.min(read_by),
            Some((Due::Danger | Due::Read, at)) => at,
            Some((Due::Acknowledge | Due::Feedback | Due::LookAgain, _)) | None => read_by,
        };
        if matches!(due, Some((Due::Danger, _))) {
            if self.alarm.on {
                self.alarm.unread();
            } else {
                self.alarm.set_off();
            }
        }
        if unsure && self.urgency == Urgency::Normal {
            self.urgency = Urgency::Soon;
        }
        self.reporter_wrote();
    }

    /// The reporter says how they may be reached from now on: read as soon as any word of theirs, for until then somebody may
    /// use the old way. What we asked stays open: it was not answered.
    pub(crate) fn wishes_changed(&mut self, read_by: OffsetDateTime) {
        let Flags { waiting_for_reporter, told_outcome, .. } = self.flags;
        self.more_to_read(read_by, false);
        // Nor is there anything new of which something could become.
        self.flags = Flags { waiting_for_reporter, told_outcome, ..self.flags };
    }

    /// What has to be done before the contact may be closed.
    pub(crate) fn still_open(&self) -> Option<StillOpen> {
        match self.next_due() {
            Some((Due::Danger, _)) => Some(StillOpen::Danger),
            _ if self.flags.review_due => Some(StillOpen::Review),
            Some((Due::Read, _)) => Some(StillOpen::Unread),
            Some((Due::Acknowledge | Due::Feedback | Due::LookAgain, _)) | None => None,
        }
    }
}

/// Why a contact cannot be closed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StillOpen {
    /// Nobody marked the danger as dealt with.
    Danger,
    /// An urgent referral awaits its review by a second person.
    Review,
    /// Nobody has read it, or the reporter wrote since.
    Unread,
}

impl Clocks {
    /// Rounds every time at reading: to the hour, or to the day for an anonymous contact. What is due too, for it lies a
    /// known while after the arrival; always down, so that no promise is stretched.
    pub(crate) fn round(&mut self, anonymous: bool) {
        let Self { arrived, read_by, acknowledge_by, feedback_by } = self;
        for at in [arrived, read_by, acknowledge_by, feedback_by] {
            let hour = at.truncate_to_hour();
            *at = if anonymous { hour.replace_time(time::Time::MIDNIGHT) } else { hour };
        }
    }
}

/// What is due next for a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    Danger,
    Read,
    Acknowledge,
    Feedback,
    /// Of a case: so that none is forgotten.
    LookAgain,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use time::macros::datetime;

    pub(crate) fn header() -> Header {
        let at = datetime!(2026-02-03 04:05:06 UTC);
        Header {
            version: 1,
            organisation: Uuid::from_u128(1),
            team: Uuid::from_u128(2),
            urgency: Urgency::Normal,
            language: "other".into(),
            clocks: Clocks { arrived: at, read_by: at, acknowledge_by: at, feedback_by: at },
            retention: Retention::Ordinary,
            size: SizeClass::Short,
            flags: Flags::default(),
            alarm: Alarm::default(),
            told: Told::default(),
            hands: Vec::new(),
            folder: Folder::Contact,
            settled: None,
        }
    }

    /// The time of keeping counts from the day on which the last reason to keep it went, and anew from the next.
    #[test]
    fn the_time_of_keeping_counts_while_nothing_is_due_and_nothing_keeps_it() {
        let kept = KeptFor { anonymous_days: 30, ordinary_days: 60, safeguarding_days: 90 };
        let (monday, later) = (datetime!(2026-02-02 09:00 UTC), datetime!(2026-02-20 11:00 UTC));
        let mut header = header();
        header.settle(monday);
        assert_eq!(header.kept_until(&kept), None, "somebody must still read it");
        header.flags = Flags { read: true, closed: true, ..Flags::default() };
        header.settle(monday);
        header.settle(later);
        assert_eq!(header.kept_until(&kept), Some(datetime!(2026-04-03 00:00 UTC)));
        header.retention = Retention::Safeguarding;
        assert_eq!(header.kept_until(&kept), Some(datetime!(2026-05-03 00:00 UTC)));
        for keep in [
            |flags: &mut Flags| flags.held = true,
            |flags: &mut Flags| flags.in_case = true,
            |flags: &mut Flags| flags.review_due = true,
            |flags: &mut Flags| flags.reporter_wrote = true,
            |flags: &mut Flags| flags.erased = true,
        ] {
            let mut kept_header = header.clone();
            keep(&mut kept_header.flags);
            kept_header.settle(later);
            assert_eq!(kept_header.kept_until(&kept), None);
            kept_header.flags = header.flags;
            kept_header.settle(later);
            assert_eq!(kept_header.settled, Some(datetime!(2026-02-20 00:00 UTC).unix_timestamp()), "it counts anew");
        }
    }

    #[test]
    fn a_case_is_looked_at_again_until_it_is_closed() {
        let mut header = Header { folder: Folder::Case, urgency: Urgency::Danger, ..header() };
        assert_eq!(header.next_due(), Some((Due::LookAgain, header.clocks.feedback_by)));
        assert_eq!(Header::from_bytes(&header.to_bytes().unwrap()).unwrap().folder, Folder::Case);
        header.flags.closed = true;
        assert_eq!((header.next_due(), header.still_open()), (None, None));
    }

    /// The header is class S: whoever adds a field must argue here that it says nothing of the report. `supervisor_due`
    /// says that somebody who is not the person themselves wrote three times under one receipt: so much the number of
    /// papers in the folder says already. The alarm counts how often danger was said, which the paging jobs show too.
    /// `told` and `hands` are of the team's work; `unfinished` says that an adviser wrote it, not the reporter: so much the
    /// size of its sealed receipt columns says. `folder` says that it is a case, which no reporter ever wrote to: so much the
    /// missing receipt says; which contacts are in it is sealed. `in_case` says that a contact is in some open case, so that it is
    /// not deleted under the hands of those who work on it; `held` that the law keeps it; `settled` the day on which the work
    /// ended: without them unattended work could not tell what may be deleted.
    /// `told_outcome` says that the desk had its last word for now, not
    /// which: without it the clock of the feedback could stand still only by closing, and closing needs a reason of its own.
    #[test]
    fn the_header_holds_these_fields_and_no_others() {
        let bytes = header().to_bytes().unwrap();
        assert_eq!(bytes.len(), HEADER_SIZE);
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text.trim_end(),
            concat!(
                r#"{"version":1,"organisation":"00000000-0000-0000-0000-000000000001","team":"00000000-0000-0000-0000-000000000002","#,
                r#""urgency":"normal","language":"other","clocks":{"arrived":1770091506,"read_by":1770091506,"acknowledge_by":1770091506,"#,
                r#""feedback_by":1770091506},"retention":"ordinary","size":"short","flags":{"read":false,"reporter_wrote":false,"#,
                r#""acknowledged":false,"told_outcome":false,"waiting_for_reporter":false,"safe":false,"referred":false,"review_due":false,"#,
                r#""supervisor_due":false,"unfinished":false,"closed":false,"held":false,"in_case":false,"withdrawn":false,"erased":false},"#,
                r#""alarm":{"number":0,"on":false,"attended":false,"seen":false},"told":{"of":0,"rounds":0,"at":0},"hands":[]}"#
            )
        );
    }

    #[test]
    fn a_header_comes_back_as_it_went() {
        let header = header();
        assert_eq!(Header::from_bytes(&header.to_bytes().unwrap()).unwrap(), header);
    }

    #[test]
    fn a_danger_of_an_older_database_pages_on() {
        let older = |flags: &str| {
            let text = String::from_utf8(header().to_bytes().unwrap()).unwrap();
            let (before, _) = text.split_once(r#","flags""#).unwrap();
            let text = format!(r#"{},"flags":{{{flags}}}}}"#, before.replace("normal", "danger"));
            Header::from_bytes(text.as_bytes()).unwrap().alarm
        };
        assert_eq!(older(r#""read":true"#), Alarm { on: true, ..Alarm::default() });
        assert_eq!(older(r#""safe":true"#), Alarm::default());
        assert_eq!(older(r#""referred":true"#), Alarm::default());
    }

    #[test]
    fn danger_stays_due_until_somebody_says_it_is_dealt_with() {
        let mut header = header();
        header.urgency = Urgency::Danger;
        header.flags.read = true;
        header.flags.acknowledged = true;
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Danger));
        header.flags.safe = true;
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Feedback));
    }

    #[test]
    fn a_closed_contact_asks_for_nothing_and_hides_nothing() {
        let mut header = header();
        header.flags.read = true;
        assert_eq!(header.still_open(), None);
        header.flags.closed = true;
        assert_eq!(header.next_due(), None);
        // Whatever the flag says.
        header.flags.reporter_wrote = true;
        assert_eq!((header.next_due().map(|due| due.0), header.still_open()), (Some(Due::Read), Some(StillOpen::Unread)));
        header.flags.review_due = true;
        assert_eq!(header.still_open(), Some(StillOpen::Review));
        header.urgency = Urgency::Danger;
        assert_eq!((header.next_due().map(|due| due.0), header.still_open()), (Some(Due::Danger), Some(StillOpen::Danger)));
    }

    /// Being told hides no more than closing does, and holds until the reporter writes.
    #[test]
    fn who_was_told_what_became_of_it_is_told_again_only_of_what_they_write_after() {
        let mut header = header();
        header.flags = Flags { read: true, waiting_for_reporter: true, ..Flags::default() };
        header.told_outcome();
        assert_eq!((header.next_due(), header.still_open()), (None, None));
        assert!(header.flags.acknowledged && !header.flags.waiting_for_reporter && !header.flags.closed);
        let (soon, later) = (datetime!(2026-03-20 05:00:00 UTC), datetime!(2026-04-17 05:00:00 UTC));
        header.wishes_changed(soon);
        assert_eq!(header.next_due(), Some((Due::Read, soon)));
        header.flags.reporter_wrote = false;
        assert_eq!(header.next_due(), None, "how to reach them is no news");
        header.tell_anew(later);
        header.more_to_read(soon, false);
        assert_eq!(header.next_due(), Some((Due::Read, soon)));
        // Told at the very moment at which they write: not of that.
        header.told_outcome();
        header.flags.reporter_wrote = false;
        assert_eq!(header.next_due(), Some((Due::Feedback, later)));
        header.told_outcome();
        header.raise_danger(soon);
        assert_eq!((header.next_due(), header.still_open()), (Some((Due::Danger, soon)), Some(StillOpen::Danger)));
    }

    #[test]
    fn a_withdrawn_contact_asks_for_nothing_unless_danger_is_in_it_that_nobody_dealt_with() {
        let mut header = header();
        header.flags.withdrawn = true;
        assert_eq!(header.next_due(), None);
        header.urgency = Urgency::Danger;
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Danger));
        header.flags.read = true;
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Danger));
        header.flags.safe = true;
        assert_eq!(header.next_due(), None);
    }

    #[test]
    fn what_was_written_before_withdrawing_is_still_read() {
        let mut header = header();
        header.flags = Flags { read: true, reporter_wrote: true, withdrawn: true, ..Flags::default() };
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Read));
        header.flags.reporter_wrote = false;
        assert_eq!(header.next_due(), None);
    }

    #[test]
    fn a_danger_that_is_said_again_is_open_again_and_keeps_the_earlier_time() {
        let mut header = header();
        header.flags = Flags { read: true, safe: true, closed: true, ..Flags::default() };
        let first = datetime!(2026-02-04 10:15:00 UTC);
        header.raise_danger(first);
        assert_eq!((header.next_due(), header.retention), (Some((Due::Danger, first)), Retention::Safeguarding));
        assert_eq!(header.alarm, Alarm { number: 1, on: true, attended: false, seen: false });
        header.raise_danger(first + time::Duration::MINUTE);
        assert_eq!(header.next_due(), Some((Due::Danger, first)));
        assert_eq!(header.alarm, Alarm { number: 2, on: true, attended: false, seen: false });
        header.alarm.attend();
        assert_eq!(header.due_by(), None, "somebody looks: no minute is counted");
        // What somebody has looked at was in time, and its clock was rounded: another word of it has its own.
        header.raise_danger(first + 5 * time::Duration::MINUTE);
        assert_eq!(header.due_by(), Some(first + 5 * time::Duration::MINUTE));
        header.flags.safe = true;
        header.raise_danger(first + time::Duration::HOUR);
        assert_eq!(header.due_by(), Some(first + time::Duration::HOUR));
        assert_eq!(header.next_due(), Some((Due::Danger, first + time::Duration::HOUR)));
    }

    #[test]
    fn who_is_not_sure_of_a_danger_is_read_soon_and_nothing_is_put_off() {
        let (morning, soon) = (datetime!(2026-02-03 12:00:00 UTC), datetime!(2026-02-03 05:00:00 UTC));
        let mut header = header();
        header.clocks.read_by = morning;
        header.more_to_read(soon, false);
        assert_eq!(header.next_due(), Some((Due::Read, morning)), "it waits to be read already");
        header.more_to_read(soon, true);
        assert_eq!((header.next_due(), header.urgency), (Some((Due::Read, soon)), Urgency::Soon));
        header.flags.read = true;
        header.flags.reporter_wrote = false;
        header.more_to_read(morning, false);
        assert_eq!(header.next_due(), Some((Due::Read, morning)));
    }

    #[test]
    fn whatever_is_written_into_an_open_danger_has_a_clock_and_an_alarm() {
        let (soon, later) = (datetime!(2026-02-03 05:00:00 UTC), datetime!(2026-02-03 06:00:00 UTC));
        let mut header = header();
        header.raise_danger(soon);
        header.more_to_read(later, false);
        assert_eq!((header.due_by(), header.alarm.number), (Some(soon), 1), "nobody has looked: the first clock runs");
        header.alarm.attend();
        header.more_to_read(later, false);
        assert_eq!((header.due_by(), header.alarm), (Some(later), Alarm { number: 1, on: true, attended: false, seen: false }));
        header.alarm.attend();
        header.alarm.on = false;
        header.more_to_read(later, true);
        assert_eq!((header.due_by(), header.alarm), (Some(later), Alarm { number: 2, on: true, attended: false, seen: false }));
        header.flags.safe = true;
        header.alarm.on = false;
        header.more_to_read(later, true);
        assert_eq!((header.next_due(), header.alarm.on), (Some((Due::Read, later)), false));
    }

    #[test]
    fn changed_wishes_are_read_like_any_word_and_answer_nothing() {
        let soon = datetime!(2026-02-03 05:00:00 UTC);
        let mut header = header();
        header.flags = Flags { read: true, acknowledged: true, waiting_for_reporter: true, closed: true, ..Flags::default() };
        header.wishes_changed(soon);
        assert_eq!(header.next_due(), Some((Due::Read, soon)));
        assert!(header.flags.waiting_for_reporter && !header.flags.closed);
        header.raise_danger(soon);
        header.alarm.attend();
        header.wishes_changed(soon);
        assert!(header.alarm.on && !header.alarm.attended, "who is at a danger may be about to use the old way");
    }

    #[test]
    fn every_time_is_rounded_to_the_hour_or_the_day() {
        let all = |clocks: &Clocks| [clocks.arrived, clocks.read_by, clocks.acknowledge_by, clocks.feedback_by];
        let mut clocks = header().clocks;
        clocks.round(false);
        assert_eq!(all(&clocks), [datetime!(2026-02-03 04:00:00 UTC); 4]);
        clocks.round(true);
        assert_eq!(all(&clocks), [datetime!(2026-02-03 00:00:00 UTC); 4]);
    }
}
