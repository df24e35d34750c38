//! The clocks: runs jobs that are due, locks idle sessions, sweeps. It knows classes S and C and nothing of what was
//! reported.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;

use plainsight_helpline::{Clockwork, DANGER_PAGE, DangerPage, Notice, REVIEW_ALARM, ReviewAlarm, Sweeper};
use plainsight_people::People;
use plainsight_store::{Handlers, Holder, JobError};

use crate::instance::Instance;
use crate::pager::Pager;

/// How often due jobs are looked for.
const TICK: Duration = Duration::from_secs(1);
/// How often is swept.
const SWEEP: Duration = Duration::from_secs(300);

/// Runs the clocks for ever.
pub(crate) async fn run(instance: &Instance, people: People) -> Result<()> {
    let cabinet = instance.cabinet(Holder::Desk).await?;
    let pager = Pager::new(&instance.config.pager)?;
    if !pager.is_configured() {
        tracing::warn!("no pager is configured: nobody is told when somebody is in danger. Add [pager] to the configuration");
    }
    let locales = plainsight_pages::Locales::load(instance.config.locales.as_deref())?;
    let words = locales.english();
    let notice = Notice { subject: words.text("desk-page-subject").into_owned(), body: words.text("desk-page-body").into_owned() };
    let danger_within = plainsight_vocabulary::Clocks::STANDARD.danger;
    let clockwork = Clockwork { cabinet: cabinet.clone(), people: people.clone(), pager: Arc::new(pager), notice, danger_within };
    let handlers = handlers(&clockwork);
    let mut sweeper = Sweeper::default();
    let mut tick = tokio::time::interval(TICK);
    let mut sweep = tokio::time::interval(SWEEP);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = tick.tick() => {
                plainsight_people::lock_idle(&people, instance.clock.now());
                if let Err(error) = cabinet.jobs.run_due(&instance.store, cabinet.organisation, &handlers, &instance.clock, &instance.entropy).await {
                    tracing::error!(%error, "the jobs could not be run; trying again");
                }
            }
            _ = sweep.tick() => {
                if let Err(error) = sweeper.sweep(&cabinet).await {
                    tracing::error!(%error, "sweeping failed; trying again");
                }
            }
        }
    }
}

fn handlers(clockwork: &Clockwork) -> Handlers {
    let (danger, review) = (clockwork.clone(), clockwork.clone());
    Handlers::new()
        .register(DANGER_PAGE, 1, move |_, job: DangerPage| {
            let clockwork = danger.clone();
            async move { clockwork.page_danger(job).await.map_err(again) }
        })
        .register(REVIEW_ALARM, 1, move |_, job: ReviewAlarm| {
            let clockwork = review.clone();
            async move { clockwork.alarm_review(job).await.map_err(again) }
        })
}

fn again(error: plainsight_helpline::Trouble) -> JobError {
    tracing::error!(%error, "a clock of the helpline failed");
    JobError::Retry { code: "helpline" }
}
