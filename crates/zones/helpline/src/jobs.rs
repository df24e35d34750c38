//! What clocks do without a person: page the rota for a danger, alarm when a referral stays unreviewed, sweep. They know
//! headers (class S) and nothing of what was reported.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::People;
use plainsight_people::acts::member::list_members;
use plainsight_people::acts::rota::{on_call, pager};
use plainsight_store::{NewJob, work};
use plainsight_vocabulary::WeeklyHours;

use crate::acts::hands::colleagues;
use crate::cabinet::Cabinet;
use crate::index::Index;
use crate::records::{ZONE, contacts};
use crate::trouble::Trouble;
use crate::watch::{Alert, Whom};

/// The kind of the job that pages the rota for a contact in danger.
pub const DANGER_PAGE: &str = "helpline.danger_page";
/// The kind of the job that alarms about an unreviewed urgent referral.
pub const REVIEW_ALARM: &str = "helpline.review_alarm";

/// Page the rota for a contact in danger. Round 0 goes to who is on call; from round 1, 15 minutes later, to the whole
/// team, until somebody has dealt with it. A round in which somebody has opened the contact pages nobody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DangerPage {
    pub contact: Uuid,
    /// Which alarm of the contact this is: one that goes off later takes its place.
    #[serde(default)]
    pub alarm: u32,
    pub round: u32,
}

/// Alarm the team about a referral that nobody reviewed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewAlarm {
    pub contact: Uuid,
}

/// What a pager gives back: nothing, or why it could not tell anybody.
pub type Paging<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Tells one address that something waits. The binary knows how.
pub trait Pager: Send + Sync {
    fn page<'a>(&'a self, address: &'a str, subject: &'a str, body: &'a str) -> Paging<'a>;
}

/// The fixed text of every notice: neutral, for it lies in a mailbox.
#[derive(Clone, Debug)]
pub struct Notice {
    pub subject: String,
    pub body: String,
}

/// What the helpline's jobs work with.
#[derive(Clone)]
pub struct Clockwork {
    pub cabinet: Cabinet,
    pub people: People,
    pub pager: Arc<dyn Pager>,
    pub notice: Notice,
    /// How long an unread danger may wait before the whole team is told.
    pub danger_within: Duration,
    /// When the desk is open, as far as anybody said: what can wait is told then.
    pub staffed: Option<WeeklyHours>,
    headers: Index,
}

/// How long to wait when nobody could be told.
const SOON: Duration = Duration::minutes(1);

/// Nobody could be told, and why.
#[derive(Debug, thiserror::Error)]
#[error("nobody could be told: {0}")]
struct Unpaged(String);

impl Clockwork {
    pub fn new(
        cabinet: Cabinet,
        people: People,
        pager: Arc<dyn Pager>,
        notice: Notice,
        danger_within: Duration,
        staffed: Option<WeeklyHours>,
    ) -> Self {
        Self { cabinet, people, pager, notice, danger_within, staffed, headers: Index::new() }
    }

    /// Looks at every clock, and tells who must be told that one passes (see `watch.rs`). Called over and over: a team that
    /// could not be told is told at the next look.
    pub async fn watch(&self) -> Result<(), Trouble> {
        self.headers.catch_up(&self.cabinet).await?;
        let now = self.cabinet.now();
        for (team, alerts) in self.headers.alerts(now, self.staffed.as_ref()) {
            let everybody = alerts.iter().any(|(_, alert)| alert.at <= now && alert.whom == Whom::Team);
            if let Err(error) = self.tell(team, everybody).await {
                tracing::error!(%error, "a team could not be told that a clock passes");
                continue;
            }
            for (contact, alert) in alerts {
                match self.note_told(contact, alert, now).await {
                    // Nothing is left of it to be told about.
                    Ok(()) | Err(Trouble::NotFound | Trouble::Erased) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// Writes down that somebody was told, after the telling: a crash between the two tells twice, never not at all.
    async fn note_told(&self, contact: Uuid, alert: Alert, now: OffsetDateTime) -> Result<(), Trouble> {
        let cabinet = self.cabinet.clone();
        self.cabinet
            .store
            .content()
            .tx(
                "helpline.clock_told",
                work!([cabinet], |tx| {
                    cabinet.change_header(tx, contact, |header| header.note_told(&alert, now)).await?;
                    let detail = serde_json::json!({ "again": alert.again });
                    cabinet.record(tx, Actor::System("helpline"), "alarm.clock_passes", contact, detail).await
                }),
            )
            .await
    }

    /// Pages for a danger, and asks for the next round. Somebody who has looked may have been called away: only marking the
    /// danger as dealt with, or an urgent referral, is the end.
    pub async fn page_danger(&self, job: DangerPage) -> Result<(), Trouble> {
        let Some(header) = self.header(job.contact).await? else { return Ok(()) };
        if !header.alarm.on || header.alarm.number != job.alarm || header.flags.erased {
            return Ok(());
        }
        let next = DangerPage { round: job.round + 1, ..job };
        if job.round > 0 && header.alarm.attended {
            return self.leave_in_hand(next).await;
        }
        let told = self.tell(header.team, job.round > 0).await;
        let (act, after) = match &told {
            Ok(()) => ("alarm.danger_paged", self.danger_within),
            Err(error) => {
                tracing::error!(%error, "a danger could not be paged");
                ("alarm.danger_not_paged", SOON)
            }
        };
        let contact = next.contact;
        self.enqueue(DANGER_PAGE, next, after, act, contact).await
    }

    /// Somebody is at it: this round is quiet, and the next one asks again.
    async fn leave_in_hand(&self, next: DangerPage) -> Result<(), Trouble> {
        let cabinet = self.cabinet.clone();
        let due = cabinet.now() + self.danger_within;
        self.cabinet
            .store
            .content()
            .tx(
                "helpline.alarm_in_hand",
                work!([cabinet, next], |tx| {
                    cabinet.change_header(tx, next.contact, |header| header.alarm.attended = false).await?;
                    let job = NewJob { organisation: cabinet.organisation, kind: DANGER_PAGE, version: 1, payload: &next, due };
                    cabinet.jobs.enqueue(tx, &job, &mut cabinet.rng()).await?;
                    cabinet.record(tx, Actor::System("helpline"), "alarm.danger_in_hand", next.contact, serde_json::json!({})).await
                }),
            )
            .await
    }

    /// Alarms about a referral that stayed unreviewed for 24 hours, once a day until it is.
    pub async fn alarm_review(&self, job: ReviewAlarm) -> Result<(), Trouble> {
        let Some(header) = self.header(job.contact).await? else { return Ok(()) };
        if !header.flags.review_due || header.flags.erased {
            return Ok(());
        }
        let told = self.tell(header.team, true).await;
        let (act, after) = match &told {
            Ok(()) => ("alarm.review_overdue", Duration::hours(24)),
            Err(error) => {
                tracing::error!(%error, "an overdue review could not be paged");
                ("alarm.review_not_paged", SOON)
            }
        };
        self.enqueue(REVIEW_ALARM, ReviewAlarm { contact: job.contact }, after, act, job.contact).await
    }

    async fn header(&self, contact: Uuid) -> Result<Option<crate::header::Header>, Trouble> {
        let row = contacts::find(self.cabinet.store.content().read(), self.cabinet.organisation, contact).await?;
        row.map(|row| self.cabinet.open_header(contact, &row.header)).transpose()
    }

    /// The next round, after the telling: a crash between the two tells twice, never not at all.
    async fn enqueue<P: Serialize + Clone + Send + Sync + 'static>(
        &self,
        kind: &'static str,
        payload: P,
        after: Duration,
        act: &'static str,
        contact: Uuid,
    ) -> Result<(), Trouble> {
        let cabinet = self.cabinet.clone();
        self.cabinet
            .store
            .content()
            .tx(
                "helpline.alarm",
                work!([cabinet, payload], |tx| {
                    let job =
                        NewJob { organisation: cabinet.organisation, kind, version: 1, payload: &payload, due: cabinet.now() + after };
                    cabinet.jobs.enqueue(tx, &job, &mut cabinet.rng()).await?;
                    cabinet.record(tx, Actor::System("helpline"), act, contact, serde_json::json!({})).await
                }),
            )
            .await
    }

    /// Tells who is on call; the whole team when asked to, or when the rota has a hole.
    async fn tell(&self, team: Uuid, everybody: bool) -> Result<(), Unpaged> {
        let on_call = if everybody { Ok(Vec::new()) } else { self.on_call(team).await };
        let mut addresses = match on_call {
            Ok(addresses) => addresses,
            // A rota that cannot be read must not keep anybody from being told.
            Err(error) => {
                tracing::error!(%error, "the rota could not be read: the whole team is told");
                Vec::new()
            }
        };
        if addresses.is_empty() {
            addresses = self.everybody(team).await?;
        }
        let mut told = 0;
        let mut last = "no member has a pager address".to_owned();
        // All at once: one whose mail server hangs must not keep the next from being told.
        let pages = addresses.iter().map(|address| self.pager.page(address, &self.notice.subject, &self.notice.body));
        for answer in futures_util::future::join_all(pages).await {
            match answer {
                Ok(()) => told += 1,
                Err(error) => last = error,
            }
        }
        if told == 0 { Err(Unpaged(last)) } else { Ok(()) }
    }

    async fn on_call(&self, team: Uuid) -> Result<Vec<String>, Unpaged> {
        let turn = on_call(&self.people, team, self.cabinet.now()).await.map_err(unpaged)?;
        Ok(self.addresses(&turn.members).await)
    }

    /// The whole team: who holds its key and can open what waits. When none of them has a pager, everybody who works in
    /// the helpline: somebody must be told.
    async fn everybody(&self, team: Uuid) -> Result<Vec<String>, Unpaged> {
        let members = list_members(&self.people).await.map_err(unpaged)?;
        let mut here: Vec<Uuid> =
            members.into_iter().filter(|listed| !listed.closed && listed.member.works_in(ZONE)).map(|listed| listed.member.id).collect();
        let holders = colleagues(&self.cabinet, &self.people, team).await.map_err(unpaged)?;
        here.sort_by_key(|member| !holders.contains(member));
        let (team, others) = here.split_at(here.partition_point(|member| holders.contains(member)));
        let addresses = self.addresses(team).await;
        Ok(if addresses.is_empty() { self.addresses(others).await } else { addresses })
    }

    /// Where these members are paged. One whose address cannot be read must not keep the others from being told.
    async fn addresses(&self, members: &[Uuid]) -> Vec<String> {
        let mut addresses = Vec::new();
        for member in members {
            match pager(&self.people, *member).await {
                Ok(address) => addresses.extend(address.map(|address| address.to_string())),
                Err(error) => tracing::error!(%error, "the pager address of a member could not be read"),
            }
        }
        addresses
    }
}

fn unpaged(error: plainsight_people::ActError) -> Unpaged {
    Unpaged(error.to_string())
}
