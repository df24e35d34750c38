//! An invented contact: what a reporter typed on the public site, what they added, and what the desk did.

use plainsight_vocabulary::{Answer, ConsentLevel, Proximity};
use serde::Serialize;
use time::{Duration, OffsetDateTime, Time, Weekday};

/// Which form of the public site it came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum ReportPath {
    /// "It is happening to me": one page.
    Me,
    /// "I noticed something": danger, child, place, signs, words, safe contact.
    Noticed,
}

/// The answer to one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Seen {
    /// Seen.
    Yes,
    /// Looked, and it was not so.
    No,
    /// Could not see.
    CouldNotSee,
}

/// Where it is, as the reporter put it. Empty when the contact is about no place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InventedPlace {
    /// The vocabulary's venue kind, when the reporter chose one.
    pub venue: Option<String>,
    /// The vocabulary's setting that this kind belongs to, where there is one.
    pub setting: Option<String>,
    /// The place in the reporter's words and spelling; may be empty.
    pub words: String,
    /// The street, when given.
    pub street: Option<String>,
    /// Postcode-like text that cannot be real, when given.
    pub postcode: Option<String>,
}

/// Whether and how the reporter may be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SafeContact {
    /// Not at all.
    None,
    /// Only through "Read a message" with the receipt.
    ReceiptOnly,
    /// By these channels, at these times.
    Channels(Vec<Channel>),
}

/// The kinds of channel a reporter may name as safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum ChannelKind {
    /// A call.
    Telephone,
    /// A text message.
    TextMessage,
    /// A mail.
    Email,
}

/// One safe channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// Call, text or mail.
    pub kind: ChannelKind,
    /// A drama number or an address at example.org.
    pub address: String,
    /// Days on which it is safe.
    pub days: Vec<Weekday>,
    /// Safe from, local time of the scenario.
    pub from: Time,
    /// Safe until, local time, the same day.
    pub to: Time,
    /// What to say if somebody else answers.
    pub cover: Option<String>,
    /// A word by which the reporter knows that it is us.
    pub code_word: Option<String>,
}

/// Something the reporter added with the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LaterMessage {
    /// How long after filing.
    pub after: Duration,
    /// The words, in the language of the contact.
    pub text: String,
}

/// One thing that an adviser does with a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum DeskAct {
    /// Opened and read.
    Opened,
    /// A private note.
    Note(String),
    /// An urgent referral that was made by telephone first.
    UrgentReferral {
        /// Who took it.
        receiver: String,
        /// Their incident reference, or "none given".
        incident_reference: String,
        /// What was told.
        told: String,
    },
    /// A second person has looked at the urgent referral.
    UrgentReviewed,
    /// A reply that the reporter reads with the receipt.
    Reply(String),
    /// A question about what was already seen.
    Ask(String),
    /// The adviser marked the danger as dealt with, and why.
    MarkedSafe(String),
    /// Closed with a reason.
    Closed(String),
}

/// One act with who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeskStep {
    /// The member's sign-in name.
    pub by: String,
    /// How long after filing.
    pub after: Duration,
    /// What they did.
    pub act: DeskAct,
}

/// What the desk does with the contact, in order; no step at all when nobody has looked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DeskStory {
    /// The steps, earliest first; none lies after the moment the demo is made.
    pub steps: Vec<DeskStep>,
}

/// What the generator knows and nobody at the desk does: for tests of joining, never to be loaded into a zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The premises it is about.
    pub premises: Option<String>,
    /// Who wrote: `customer`, `neighbour`, `worker`, `hoax` ...
    pub voice: String,
    /// The earlier contact (its number) that the same person wrote.
    pub repeats: Option<usize>,
}

/// One invented contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InventedContact {
    /// Its place in the list, from 0, earliest first.
    pub number: usize,
    /// Which form it came through.
    pub path: ReportPath,
    /// How near the writer is to it.
    pub proximity: Proximity,
    /// Language of the words (BCP 47), `bg-Latn` for Bulgarian in Latin letters.
    pub language: String,
    /// When it was sent, UTC.
    pub filed_at: OffsetDateTime,
    /// "Somebody is in danger now."
    pub danger: bool,
    /// "Are you under 18?" on the path *me*, "is a child there?" on the path *noticed*; `None` when left out.
    pub child: Option<Answer>,
    /// Where.
    pub place: InventedPlace,
    /// Sign ids with the answer, in the order of the vocabulary's ids; empty on the path *me*.
    pub signs: Vec<(String, Seen)>,
    /// In your own words; may be empty.
    pub own_words: String,
    /// Share, confidential or anonymous.
    pub identity: ConsentLevel,
    /// The name that was given; never with [`ConsentLevel::Anonymous`].
    pub name: Option<String>,
    /// How to reach them.
    pub safe_contact: SafeContact,
    /// What they added later.
    pub later_messages: Vec<LaterMessage>,
    /// What the desk did.
    pub desk_story: DeskStory,
    /// What is really behind it.
    pub truth: Truth,
}
