//! A report site of the small helpline, and receipts that are truly stretched.

use plainsight_pages::Locales;
use plainsight_vault::{Receipt, stretch};
use plainsight_vocabulary::{OperatorFacts, WeeklyHours};

use super::browser::Browser;
use super::world::{World, settings};
use crate::site::{INTAKE_TEAM, PublicSettings, Site};

/// The routes of an invented operator, whose confirmations hold in this world.
const ROUTES: &str = include_str!("../../../../../scenarios/westmere/routes.toml");

pub(crate) fn public_settings(staffed: &[&str]) -> PublicSettings {
    let jurisdictions = OperatorFacts::parse("routes.toml", ROUTES).unwrap().apply(plainsight_vocabulary::jurisdictions()).unwrap();
    let england = jurisdictions.into_iter().filter(|jurisdiction| jurisdiction.id == "england").collect();
    let staffed = (!staffed.is_empty()).then(|| WeeklyHours::parse("Europe/London", staffed).unwrap());
    PublicSettings { jurisdictions: england, staffed, ..settings() }
}

/// What the invented operator states besides: its promises, and who answers in law.
pub(crate) fn stated(settings: PublicSettings) -> PublicSettings {
    let facts = OperatorFacts::parse("routes.toml", ROUTES).unwrap();
    PublicSettings { promises: facts.promises().clone(), controller: facts.controller().clone(), kept: facts.kept(), ..settings }
}

impl World {
    /// The report site with `receipts` receipts ready, and its settings.
    pub(crate) async fn site_with(&self, settings: PublicSettings, receipts: usize) -> Site {
        let (organisation, team) = (self.organisation, self.team.to_string());
        self.db
            .content()
            .tx(
                "test.intake",
                plainsight_store::work!([team], |tx| plainsight_store::put_site_value(tx, organisation, INTAKE_TEAM, &team).await),
            )
            .await
            .unwrap();
        let pool = self.pool();
        for _ in 0..receipts {
            let receipt = Receipt::generate(&mut self.entropy.rng());
            let root = stretch(&receipt, &self.salt()).unwrap();
            pool.put(self.ready_under(receipt, root).0);
        }
        Site::new(self.public.clone(), Locales::load(None).unwrap(), settings, pool, self.public_key.subkey("form state"))
    }

    pub(crate) async fn browser(&self, receipts: usize) -> Browser {
        Browser::new(crate::public(self.site_with(public_settings(&["always"]), receipts).await))
    }
}
