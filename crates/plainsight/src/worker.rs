//! The clocks: runs jobs that are due, locks idle sessions, sweeps. It knows classes S and C and nothing of what was
//! reported.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;

use plainsight_helpline::{
    Cabinet, Clockwork, DANGER_PAGE, DangerPage, Delivered, Events, Notice, REVIEW_ALARM, ReviewAlarm, SENDER_EVENT, SenderEvent, Standing,
    Sweeper,
};
use plainsight_people::People;
use plainsight_store::{Handlers, Holder, JobError};

use crate::instance::Instance;
use crate::mount;
use crate::pager::Pager;
use crate::poster::Poster;
use crate::recovery_notice;

/// How often due jobs are looked for.
const TICK: Duration = Duration::from_secs(1);
/// How often is swept.
const SWEEP: Duration = Duration::from_secs(300);
/// How often the clocks of all contacts are looked at.
const LOOK: Duration = Duration::from_secs(20);

/// Runs the clocks for ever.
pub(crate) async fn run(instance: &Instance, people: People) -> Result<()> {
    let cabinet = instance.cabinet(Holder::Desk).await?;
    let standing = mount::standing(instance, &cabinet).await?;
    let mut clockwork = clockwork(instance, &cabinet, people.clone(), &standing)?;
    let mut handlers = handlers(&clockwork);
    let mut tick = tokio::time::interval(TICK);
    let mut look = tokio::time::interval(LOOK);
    for each in [&mut tick, &mut look] {
        each.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    }
    // Apart from the clocks: no danger waits for what is swept.
    tokio::spawn(sweep(cabinet.clone(), standing.clone()));
    tokio::spawn(tell_others(instance, &cabinet));
    tokio::spawn(recovery_notice::watch(people.clone(), clockwork.pager.clone(), clockwork.notice.clone()));
    loop {
        tokio::select! {
            _ = tick.tick() => {
                plainsight_people::lock_idle(&people, instance.clock.now());
                if let Err(error) = cabinet.jobs.run_due(&instance.store, cabinet.organisation, &handlers, &instance.clock, &instance.entropy).await {
                    tracing::error!(%error, "the jobs could not be run; trying again");
                }
            }
            _ = look.tick() => {
                if keeps_up(&standing, &mut clockwork).await {
                    handlers = self::handlers(&clockwork);
                }
                if let Err(error) = clockwork.watch().await {
                    tracing::error!(%error, "the clocks could not be looked at; trying again");
                }
            }
        }
    }
}

/// Takes over clocks and hours that were changed at the desk. Says whether they were.
async fn keeps_up(standing: &Standing, clockwork: &mut Clockwork) -> bool {
    if let Err(error) = standing.catch_up(&clockwork.cabinet).await {
        tracing::error!(%error, "what was changed at the desk could not be read; trying again");
    }
    let settings = standing.settings();
    let same = clockwork.danger_within == settings.clocks.danger && clockwork.staffed == settings.staffed;
    (clockwork.danger_within, clockwork.staffed) = (settings.clocks.danger, settings.staffed.clone());
    !same
}

/// Tells other systems that there is news, for ever. Apart from the clocks: no danger waits for a partner that does not answer.
fn tell_others(instance: &Instance, cabinet: &Cabinet) -> impl Future<Output = ()> + use<> {
    let events = Events { cabinet: cabinet.clone(), poster: Arc::new(Poster::default()) };
    let handlers = Handlers::new().register(SENDER_EVENT, 1, move |_, event: SenderEvent| {
        let events = events.clone();
        async move {
            match events.deliver(&event).await.map_err(again)? {
                Delivered::Done => Ok(()),
                Delivered::NotNow => Err(JobError::Retry { code: "not-taken" }),
            }
        }
    });
    let (cabinet, store) = (cabinet.clone(), instance.store.clone());
    let (clock, entropy) = (instance.clock.clone(), instance.entropy.clone());
    async move {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        loop {
            tick.tick().await;
            if let Err(error) = cabinet.jobs.run_due(&store, cabinet.organisation, &handlers, &clock, &entropy).await {
                tracing::error!(%error, "other systems could not be told; trying again");
            }
        }
    }
}

/// Sweeps for ever.
async fn sweep(cabinet: Cabinet, standing: Standing) {
    let mut sweeper = Sweeper::default();
    let mut tick = tokio::time::interval(SWEEP);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        tick.tick().await;
        if let Err(error) = sweeper.sweep(&cabinet, standing.settings().kept.as_ref()).await {
            tracing::error!(%error, "sweeping failed; trying again");
        }
    }
}

/// What the clocks work with; the operator's own promises among it.
fn clockwork(instance: &Instance, cabinet: &Cabinet, people: People, standing: &Standing) -> Result<Clockwork> {
    let pager = Pager::new(&instance.config.pager)?;
    if !pager.is_configured() {
        tracing::warn!("no pager is configured: nobody is told when somebody is in danger. Add [pager] to the configuration");
    }
    let locales = plainsight_pages::Locales::load(instance.config.locales.as_deref())?;
    let words = locales.english();
    let notice = Notice { subject: words.text("desk-page-subject").into_owned(), body: words.text("desk-page-body").into_owned() };
    let settings = standing.settings();
    Ok(Clockwork::new(cabinet.clone(), people, Arc::new(pager), notice, settings.clocks.danger, settings.staffed.clone()))
}

fn handlers(clockwork: &Clockwork) -> Handlers {
    let (danger, review) = (clockwork.clone(), clockwork.clone());
    Handlers::new()
        .register(DANGER_PAGE, 1, move |_, job: DangerPage| {
            let clockwork = danger.clone();
            async move { clockwork.page_danger(job).await.map_err(at_once) }
        })
        .register(REVIEW_ALARM, 1, move |_, job: ReviewAlarm| {
            let clockwork = review.clone();
            async move { clockwork.alarm_review(job).await.map_err(again) }
        })
}

/// Somebody is in danger: the page is tried again within the minute, for as long as it takes.
fn at_once(error: plainsight_helpline::Trouble) -> JobError {
    tracing::error!(%error, "a danger could not be paged");
    JobError::Urgent { code: "helpline" }
}

fn again(error: plainsight_helpline::Trouble) -> JobError {
    tracing::error!(%error, "a clock of the helpline failed");
    JobError::Retry { code: "helpline" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::organisation;
    use crate::config::Config;
    use crate::instance::ensure_key;

    /// The page tells the operator's clocks; the team is paged by the same ones.
    #[tokio::test]
    async fn the_team_is_paged_by_the_operators_own_clock() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plainsight.toml");
        let text = r#"
            data = "data"
            operator = "operator.toml"
            keys = { public = "keys/public.key", desk = "keys/desk.key" }
            public = { listen = "127.0.0.1:8080" }
            desk = { listen = "127.0.0.1:8081", origin = "http://localhost:8081" }
        "#;
        std::fs::write(&file, text).unwrap();
        std::fs::write(folder.path().join("operator.toml"), "[clocks]\ndanger_minutes = 5\n").unwrap();
        let config = Config::read(&file).unwrap();
        let entropy = crate::system::entropy();
        ensure_key(&config.keys.public, entropy.as_ref()).unwrap();
        ensure_key(&config.keys.desk, entropy.as_ref()).unwrap();
        let instance = Instance::open_and_migrate(config).await.unwrap();
        organisation::add(&instance, "Westmere Helpline").await.unwrap();
        let people = instance.people().await.unwrap();
        let cabinet = instance.cabinet(Holder::Desk).await.unwrap();
        let standing = mount::standing(&instance, &cabinet).await.unwrap();
        let clockwork = clockwork(&instance, &cabinet, people, &standing).unwrap();
        assert_eq!(clockwork.danger_within, time::Duration::minutes(5));
    }
}
