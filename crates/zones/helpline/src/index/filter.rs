//! Which contacts and cases a list shows, and who looks at it: rules on headers alone.

use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_vocabulary::Urgency;

use crate::header::{Due, Header};
use crate::search::library::View;

/// Which contacts a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Everything that somebody must do something about.
    Open,
    /// What the member has in hand.
    Mine,
    Danger,
    /// A danger at which nobody is: it pages, and nobody has opened it since the last page.
    Unattended,
    /// Somebody under 18, or perhaps so. The header does not say it: known of what has been read into memory.
    Child,
    /// Whoever writes about themselves or a child: read within the hour.
    Soon,
    New,
    /// Due within the next sixty minutes, whatever the clock.
    Hour,
    /// Due within the shift.
    DueSoon,
    Overdue,
    /// By what is due next.
    ToRead,
    ToAnswer,
    ToTell,
    /// In nobody's hands.
    Nobodys,
    /// In the hands of the colleague whom the list is narrowed to.
    Theirs,
    /// In a language that the member speaks.
    Spoken,
    /// An adviser has not finished writing down what somebody said.
    Unfinished,
    Waiting,
    ReviewDue,
    /// A supervisor must look before the dialogue goes on.
    Supervisor,
    /// A complaint about us; known of what has been read into memory.
    Complaint,
    /// A legal hold is on it.
    Held,
    Withdrawn,
    Closed,
    All,
}

impl Filter {
    pub(crate) const ALL: [Self; 25] = [
        Self::Open,
        Self::Mine,
        Self::Danger,
        Self::Unattended,
        Self::Child,
        Self::Soon,
        Self::New,
        Self::Hour,
        Self::DueSoon,
        Self::Overdue,
        Self::ToRead,
        Self::ToAnswer,
        Self::ToTell,
        Self::Nobodys,
        Self::Theirs,
        Self::Spoken,
        Self::Unfinished,
        Self::Waiting,
        Self::ReviewDue,
        Self::Supervisor,
        Self::Complaint,
        Self::Held,
        Self::Withdrawn,
        Self::Closed,
        Self::All,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Danger => "danger",
            Self::Unattended => "unattended",
            Self::Child => "child",
            Self::Soon => "soon",
            Self::New => "new",
            Self::Hour => "hour",
            Self::DueSoon => "due",
            Self::Overdue => "overdue",
            Self::ToRead => "to-read",
            Self::ToAnswer => "to-answer",
            Self::ToTell => "to-tell",
            Self::Nobodys => "nobodys",
            Self::Theirs => "theirs",
            Self::Spoken => "spoken",
            Self::Unfinished => "unfinished",
            Self::Waiting => "waiting",
            Self::ReviewDue => "review",
            Self::Supervisor => "supervisor",
            Self::Complaint => "complaint",
            Self::Held => "held",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }

    /// Whether it can take a contact for which nothing is due. These ask the header alone, not who looks and when: how many
    /// they take is counted as headers come in, for most contacts of a helpline are closed.
    /// Its number among those of all filters.
    pub(crate) fn among(self, counts: &[usize; Self::ALL.len()]) -> usize {
        Self::ALL.into_iter().zip(counts).find(|(each, _)| *each == self).map_or(0, |(_, count)| *count)
    }

    pub(crate) fn takes_settled(self) -> bool {
        match self {
            Self::Open | Self::Unfinished | Self::Waiting | Self::ReviewDue | Self::Supervisor => true,
            Self::Held | Self::Withdrawn | Self::Closed | Self::All => true,
            Self::Mine | Self::Danger | Self::Unattended | Self::Child | Self::Soon | Self::New => false,
            Self::Hour | Self::DueSoon | Self::Overdue | Self::ToRead | Self::ToAnswer | Self::ToTell => false,
            Self::Nobodys | Self::Theirs | Self::Spoken | Self::Complaint => false,
        }
    }

    pub(crate) fn takes(self, id: Uuid, header: &Header, eyes: &Eyes<'_>) -> bool {
        let (flags, now) = (&header.flags, eyes.now);
        // Of what was erased only the list of all still shows that it was.
        if header.is_case() || (flags.erased && !matches!(self, Self::All | Self::Withdrawn)) {
            return false;
        }
        match self {
            Self::Child => header.next_due().is_some() && eyes.view.child(id),
            Self::Complaint => header.next_due().is_some() && eyes.view.complaint(id),
            Self::Mine => header.hands.contains(&eyes.member) && header.next_due().is_some(),
            Self::Soon => header.urgency == Urgency::Soon && matches!(header.next_due(), Some((Due::Read, _))),
            Self::Unattended => matches!(header.next_due(), Some((Due::Danger, _))) && header.alarm.on && !header.alarm.attended,
            Self::Hour => header.due_by().is_some_and(|by| by >= now && by - now <= HOUR),
            Self::ToRead => matches!(header.next_due(), Some((Due::Read, _))),
            Self::ToAnswer => matches!(header.next_due(), Some((Due::Acknowledge, _))),
            Self::ToTell => matches!(header.next_due(), Some((Due::Feedback, _))),
            Self::Nobodys => header.hands.is_empty() && header.next_due().is_some(),
            Self::Theirs => header.next_due().is_some() && eyes.whose.is_some_and(|whose| header.hands.contains(&whose)),
            Self::Held => flags.held,
            Self::DueSoon => header.due_by().is_some_and(|by| by >= now && by - now <= SHIFT),
            Self::Spoken => header.next_due().is_some() && eyes.speaks.contains(&header.language),
            Self::Unfinished => flags.unfinished && !flags.erased,
            Self::All => true,
            Self::Withdrawn => flags.withdrawn,
            Self::Closed => flags.closed,
            Self::Open => header.next_due().is_some() || flags.review_due,
            Self::Danger => matches!(header.next_due(), Some((Due::Danger, _))),
            Self::New => !flags.read && !flags.erased && header.next_due().is_some(),
            Self::Overdue => header.due_by().is_some_and(|by| by < now),
            Self::Waiting => flags.waiting_for_reporter && !flags.withdrawn,
            Self::ReviewDue => flags.review_due,
            Self::Supervisor => flags.supervisor_due && !flags.closed && !flags.withdrawn,
        }
    }
}

/// Which cases a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CaseFilter {
    Open,
    Mine,
    /// To be looked at again in this shift, or already.
    Due,
    /// Somebody asks about the data that is kept of them; known of what has been read into memory.
    Asked,
    Closed,
    All,
}

impl CaseFilter {
    pub(crate) const ALL: [Self; 6] = [Self::Open, Self::Mine, Self::Due, Self::Asked, Self::Closed, Self::All];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Due => "due",
            Self::Asked => "asked",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }

    pub(crate) fn takes(self, id: Uuid, header: &Header, eyes: &Eyes<'_>) -> bool {
        if header.flags.erased {
            return false;
        }
        match self {
            Self::Open => !header.flags.closed,
            Self::Mine => !header.flags.closed && header.hands.contains(&eyes.member),
            Self::Due => header.due_by().is_some_and(|by| by - eyes.now <= SHIFT),
            Self::Asked => !header.flags.closed && eyes.view.asked(id),
            Self::Closed => header.flags.closed,
            Self::All => true,
        }
    }
}

const HOUR: time::Duration = time::Duration::HOUR;
/// Due within so long is due in this shift.
const SHIFT: time::Duration = time::Duration::hours(8);

/// Who looks at a list, and when.
pub(crate) struct Eyes<'a> {
    pub(crate) member: Uuid,
    /// Whose contacts they may see.
    pub(crate) teams: &'a [Uuid],
    /// The tags of the languages they speak.
    pub(crate) speaks: &'a [String],
    pub(crate) now: OffsetDateTime,
    /// What has been read into memory: the header does not say whether a child is concerned.
    pub(crate) view: &'a View,
    /// They look only at what was written in this language.
    pub(crate) language: Option<&'a str>,
    /// The colleague whose hands they look into.
    pub(crate) whose: Option<Uuid>,
}

impl Eyes<'_> {
    /// Whether they see this contact at all.
    pub(crate) fn see(&self, header: &Header) -> bool {
        self.teams.contains(&header.team) && self.speak_of(&header.language)
    }

    /// Whether what is written in this language is before them.
    pub(crate) fn speak_of(&self, language: &str) -> bool {
        self.language.is_none_or(|wanted| wanted == language)
    }

    pub(crate) fn take(&self, filters: &[Filter], id: Uuid, header: &Header) -> bool {
        filters.iter().all(|filter| filter.takes(id, header, self))
    }
}
