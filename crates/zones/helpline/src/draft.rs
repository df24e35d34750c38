//! What the encrypted form state carries from page to page: the answers so far, the form's own key, after sending the
//! receipt, and after coming back the way to the mailbox. The server keeps nothing of it.

use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::{Zeroize, ZeroizeOnDrop};

use plainsight_vault::{DayKeys, FormStateError, Receipt, Root};

use crate::acts::file::SHOWN_AGAIN;
use crate::cabinet::Cabinet;
use crate::chosen::{Chosen, Lost, Ticket};
use crate::form::FormKey;
use crate::puzzle::Place;
use crate::report::{Path, Report};

/// How long a mailbox stays open before the number is asked for again.
const MAILBOX_OPEN: time::Duration = time::Duration::minutes(30);

/// One reporter's unfinished business.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) report: Report,
    pub(crate) form: FormKey,
    /// What was chosen on the page that asks what to take out, once it was shown.
    #[serde(default)]
    pub(crate) take_out: Option<Vec<String>>,
    /// Where this sending stands in the line, when many are sent at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    /// What is sent with it: each file's key is here and nowhere else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<Chosen>,
    /// Files of which the next page says that they are not among them.
    #[serde(skip)]
    pub(crate) lost: Vec<Lost>,
    sent: Option<Sent>,
    mailbox: Option<OpenMailbox>,
}

#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Sent {
    digits: String,
    at: i64,
}

#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct OpenMailbox {
    root: [u8; 32],
    at: i64,
}

/// What a posted state turned out to be.
pub(crate) enum State {
    /// No state was posted: the beginning of something.
    None,
    Open(Box<Draft>),
    /// Older than a day. Everything in it is still there.
    Expired(Box<Draft>),
    /// From another instance, from too long ago, or damaged: only the fields of the page itself are left.
    Unknown,
}

impl Draft {
    pub(crate) fn new(cabinet: &Cabinet, path: Path, language: &str) -> Self {
        Self::of(Report { path, language: language.to_owned(), ..Report::default() }, FormKey::new(cabinet))
    }

    pub(crate) fn of(report: Report, form: FormKey) -> Self {
        Self { report, form, take_out: None, place: None, files: Vec::new(), lost: Vec::new(), sent: None, mailbox: None }
    }

    /// Remembers the receipt for the page that shows it.
    pub(crate) fn mark_sent(&mut self, receipt: &Receipt, now: OffsetDateTime) {
        self.sent = Some(Sent { digits: receipt.digits().to_string(), at: now.unix_timestamp() });
    }

    /// When it was sent.
    pub(crate) fn sent_at(&self) -> Option<OffsetDateTime> {
        self.sent.as_ref().and_then(|sent| OffsetDateTime::from_unix_timestamp(sent.at).ok())
    }

    /// The receipt, within 15 minutes of sending.
    pub(crate) fn receipt(&self, now: OffsetDateTime) -> Option<Receipt> {
        let sent = self.sent.as_ref()?;
        let age = now.unix_timestamp().checked_sub(sent.at)?;
        (0..=SHOWN_AGAIN.whole_seconds()).contains(&age).then(|| Receipt::parse(&sent.digits).ok()).flatten()
    }

    pub(crate) fn was_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// A key of its own for the next thing that this page sends.
    pub(crate) fn renew_form(&mut self, cabinet: &Cabinet) {
        self.form = FormKey::new(cabinet);
    }

    pub(crate) fn open_mailbox(&mut self, root: &Root, now: OffsetDateTime) {
        self.mailbox = Some(OpenMailbox { root: *root.to_bytes(), at: now.unix_timestamp() });
    }

    pub(crate) fn close_mailbox(&mut self) {
        self.mailbox = None;
    }

    /// The opened mailbox, for half an hour.
    pub(crate) fn mailbox(&self, now: OffsetDateTime) -> Option<Root> {
        let mailbox = self.mailbox.as_ref()?;
        let age = now.unix_timestamp().checked_sub(mailbox.at)?;
        (0..=MAILBOX_OPEN.whole_seconds()).contains(&age).then(|| Root::from_bytes(mailbox.root))
    }
}

/// Seals and opens drafts under the key of the day.
#[derive(Clone)]
pub(crate) struct Drafts {
    master: zeroize::Zeroizing<[u8; 32]>,
}

impl Drafts {
    pub(crate) fn new(master: zeroize::Zeroizing<[u8; 32]>) -> Self {
        Self { master }
    }

    pub(crate) fn seal(&self, draft: &Draft, cabinet: &Cabinet) -> Result<String, FormStateError> {
        self.seal_at(draft, cabinet.now(), &mut cabinet.rng())
    }

    pub(crate) fn seal_at(&self, draft: &Draft, now: OffsetDateTime, rng: &mut StdRng) -> Result<String, FormStateError> {
        let now = now.unix_timestamp();
        let text = zeroize::Zeroizing::new(serde_json::to_vec(draft).map_err(|_| FormStateError::Malformed)?);
        self.keys(now).seal(&text, now, rng)
    }

    pub(crate) fn open(&self, state: Option<&str>, now: OffsetDateTime) -> State {
        let Some(state) = state.filter(|state| !state.is_empty()) else { return State::None };
        let now = now.unix_timestamp();
        let Ok(opened) = self.keys(now).open(state, now) else { return State::Unknown };
        match serde_json::from_slice(&opened.plaintext) {
            Ok(draft) if opened.expired => State::Expired(Box::new(draft)),
            Ok(draft) => State::Open(Box::new(draft)),
            Err(_) => State::Unknown,
        }
    }

    /// Seals what a page needs to send a file piece by piece. It opens as nothing else.
    pub(crate) fn seal_ticket(&self, ticket: &Ticket, cabinet: &Cabinet) -> Result<String, FormStateError> {
        let now = cabinet.now().unix_timestamp();
        let text = zeroize::Zeroizing::new(serde_json::to_vec(ticket).map_err(|_| FormStateError::Malformed)?);
        self.keys(now).seal(&text, now, &mut cabinet.rng())
    }

    /// None for what is no ticket of ours, and for one that is older than the file can be.
    pub(crate) fn open_ticket(&self, sealed: &str, now: OffsetDateTime) -> Option<Ticket> {
        let now = now.unix_timestamp();
        let opened = self.keys(now).open(sealed, now).ok().filter(|opened| !opened.expired)?;
        serde_json::from_slice(&opened.plaintext).ok()
    }

    fn keys(&self, now: i64) -> DayKeys {
        DayKeys::derive(&self.master, DayKeys::day_of(now))
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Draft { .. }")
    }
}
