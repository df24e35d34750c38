//! The public site: what its process holds. No private key of anybody is among it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use time::{Date, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use axum::extract::FromRef;

use plainsight_pages::{Locales, MessageDoor, PublicSite};
use plainsight_vocabulary::{Clocks, Controller, Due, Jurisdiction, KeptFor, Means, Promise, Promises, RouteKind, Urgency, WeeklyHours};

use crate::acts::file::Intake;
use crate::cabinet::Cabinet;
use crate::draft::Drafts;
use crate::gate::{Gate, Rules};
use crate::pool::Pool;
use crate::room::Room;
use crate::standing::Standing;
use crate::trouble::Trouble;

/// Name of the site value that says which team takes reports.
pub const INTAKE_TEAM: &str = "helpline.intake_team";
/// Name of the site value that lists the languages common enough to stand in a header.
pub const COMMON_LANGUAGES: &str = "helpline.common_languages";
/// More people than this waiting to come back are asked to press again, so that none waits without a sign of life.
const QUEUE: usize = 40;

/// The jurisdictions of the United Kingdom.
const UNITED_KINGDOM: [&str; 4] = ["england", "wales", "scotland", "northern-ireland"];

/// What the operator decides about the public pages.
#[derive(Clone, Debug)]
pub struct PublicSettings {
    /// Where "Leave now" goes: a page about the weather.
    pub leave_to: String,
    /// Every page says that everything is invented.
    pub invented: bool,
    /// Whose routes are shown, the operator's own country first.
    pub jurisdictions: Vec<Jurisdiction>,
    /// When people read messages; `None` when nobody said.
    pub staffed: Option<WeeklyHours>,
    pub clocks: Clocks,
    /// What the operator promises; each only until its review day.
    pub promises: Promises,
    /// Who answers in law for what is told, as far as they say.
    pub controller: Controller,
    /// How long what was told is kept; nothing is deleted by time where nobody said.
    pub kept: Option<KeptFor>,
    /// How many bytes of files may lie here that nobody has sent yet.
    pub waiting_files: u64,
}

/// How much that is where the operator does not say.
pub const WAITING_FILES: u64 = crate::room::DEFAULT;

/// The public site of one helpline. Each request works with a clone of it, and each clone takes what holds at that moment:
/// within one answer nothing changes.
pub struct Site {
    standing: Standing,
    pub(crate) cabinet: Cabinet,
    pub(crate) locales: Locales,
    pub(crate) face: PublicSite,
    pub(crate) settings: Arc<PublicSettings>,
    pub(crate) pool: Pool,
    pub(crate) drafts: Drafts,
    /// Through which sendings pass one after the other when there are many.
    pub(crate) gate: Gate,
    pub(crate) kept: Arc<crate::screens::public::cache::Pages>,
    waiting: Arc<AtomicUsize>,
    /// How much other systems hand in.
    pub(crate) ceilings: Arc<crate::screens::api::Ceilings>,
    /// How much of what nobody has sent yet may lie here.
    pub(crate) room: Arc<Room>,
}

impl Clone for Site {
    fn clone(&self) -> Self {
        let held = self.standing.now();
        Self {
            standing: self.standing.clone(),
            cabinet: self.cabinet.clone(),
            locales: self.locales.clone(),
            face: self.face.clone(),
            settings: held.settings.clone(),
            pool: self.pool.clone(),
            drafts: self.drafts.clone(),
            gate: self.gate.clone(),
            kept: held.pages.clone(),
            waiting: self.waiting.clone(),
            ceilings: self.ceilings.clone(),
            room: self.room.clone(),
        }
    }
}

impl Site {
    /// `form_master` is the key that day keys for form states come from.
    pub fn new(cabinet: Cabinet, locales: Locales, standing: impl Into<Standing>, pool: Pool, form_master: Zeroizing<[u8; 32]>) -> Self {
        let standing = standing.into();
        let held = standing.now();
        let settings = &held.settings;
        let door = MessageDoor { action: "/help".to_owned(), name: "go".to_owned(), value: "read".to_owned() };
        let face = PublicSite::new(locales.clone(), settings.leave_to.clone())
            .invented(settings.invented)
            .message(door)
            .paths("/signs", "/privacy")
            .complain("/complain");
        let gate = Gate::new(Rules::default(), cabinet.clock.clone());
        Self {
            cabinet,
            locales,
            gate,
            face,
            settings: settings.clone(),
            pool,
            drafts: Drafts::new(form_master),
            kept: held.pages.clone(),
            standing,
            waiting: Arc::default(),
            ceilings: Arc::default(),
            room: Arc::default(),
        }
    }

    /// Which team takes reports, and under which key: asked anew for each report, for a team's key may change.
    pub(crate) async fn intake(&self) -> Result<Intake, Trouble> {
        let team = intake_team(&self.cabinet).await?.ok_or(Trouble::NoIntakeTeam)?;
        intake_of(&self.cabinet, &self.settings, team).await
    }

    /// The day's word for danger: the emergency number of the operator's own country.
    pub(crate) fn emergency_number(&self) -> &str {
        let emergency = |jurisdiction: &Jurisdiction| {
            let routes = jurisdiction.routes_to_show(self.cabinet.now());
            let route = routes.iter().find(|route| route.kind == RouteKind::Emergency && route.means == Means::Voice)?;
            route.telephone.map(|telephone| telephone.as_str().to_owned())
        };
        // 112 works in every country of Europe and on every mobile network.
        self.kept.emergency.get_or_init(|| self.settings.jurisdictions.iter().find_map(emergency).unwrap_or_else(|| "112".to_owned()))
    }

    /// What is promised today, on the calendar of the operator's own country.
    pub(crate) fn promised(&self) -> Vec<Promise> {
        self.settings.promises.on(self.settings.today(self.cabinet.now()))
    }

    /// A place in the queue of those who come back; `None` when it is long.
    pub(crate) fn queue(&self) -> Option<Place> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let place = Place(self.waiting.clone());
        (before < QUEUE).then_some(place)
    }
}

/// The team that takes reports from the site.
pub(crate) async fn intake_team(cabinet: &Cabinet) -> Result<Option<Uuid>, Trouble> {
    let team = plainsight_store::site_value(cabinet.store.content().read(), cabinet.organisation, INTAKE_TEAM).await?;
    Ok(team.as_deref().and_then(|text| Uuid::parse_str(text).ok()))
}

/// How this team takes contacts, under its key of this moment.
pub(crate) async fn intake_of(cabinet: &Cabinet, settings: &Arc<PublicSettings>, team: Uuid) -> Result<Intake, Trouble> {
    let database = cabinet.store.content().read();
    let organisation = cabinet.organisation;
    let (epoch, team_key) = plainsight_people::team_public_key(database, organisation, team).await?;
    let common = plainsight_store::site_value(database, organisation, COMMON_LANGUAGES).await?.unwrap_or_default();
    let settings = settings.clone();
    Ok(Intake {
        team,
        epoch,
        team_key,
        due: Arc::new(move |at, urgency| settings.due(at, urgency)),
        common_languages: common.split_whitespace().map(str::to_owned).collect(),
    })
}

impl FromRef<Site> for Locales {
    fn from_ref(site: &Site) -> Self {
        site.locales.clone()
    }
}

/// Somebody's place in the queue; given up when dropped.
pub(crate) struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl PublicSettings {
    /// Whether the operator's own country is one of these jurisdictions.
    pub(crate) fn at_home_in(&self, ids: &[&str]) -> bool {
        self.jurisdictions.first().is_some_and(|first| ids.contains(&first.id.as_str()))
    }

    /// Whether the law of the United Kingdom holds for the operator.
    pub(crate) fn in_united_kingdom(&self) -> bool {
        self.at_home_in(&UNITED_KINGDOM)
    }

    /// The day on the calendar of the operator's own country.
    pub(crate) fn today(&self, now: OffsetDateTime) -> Date {
        self.jurisdictions.first().map_or_else(|| now.date(), |first| first.today(now))
    }

    /// What is due when. A service that nobody staffs counts plain hours: its clocks never stand still.
    pub fn due(&self, at: OffsetDateTime, urgency: Urgency) -> Due {
        let staffed = self.staffed.as_ref().and_then(|hours| self.clocks.due(urgency, at, hours).ok());
        staffed.unwrap_or_else(|| Due {
            first_read: at
                + match urgency {
                    Urgency::Danger => self.clocks.danger,
                    Urgency::Soon => self.clocks.soon,
                    Urgency::Normal => self.clocks.first_read_staffed,
                },
            acknowledged: at + self.clocks.acknowledged,
            feedback: at + self.clocks.feedback,
        })
    }
}
