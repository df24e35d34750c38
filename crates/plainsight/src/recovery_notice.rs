//! Telling everybody of a recovery that was asked for, until each was reached. The 24 hours in which somebody can say stop
//! begin once those who can know of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use plainsight_helpline::{Notice, Pager};
use plainsight_people::acts::recovery::{addresses, begin_telling, note_told};
use plainsight_people::{ActError, People};
use uuid::Uuid;

/// How often is looked for requests of which somebody is to be told.
const LOOK: Duration = Duration::from_secs(20);

/// Looks for ever, apart from the clocks: a mail server that lets many wait must hold up no danger.
pub(crate) async fn watch(people: People, pager: Arc<dyn Pager>, notice: Notice) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        tick.tick().await;
        if let Err(error) = tell(&people, pager.as_ref(), &notice).await {
            tracing::error!(%error, "a recovery could not be told of; trying again");
        }
    }
}

/// Tells everybody who was not reached yet, at every address of theirs.
async fn tell(people: &People, pager: &dyn Pager, notice: &Notice) -> Result<(), ActError> {
    let due = begin_telling(people).await?;
    if due.is_empty() {
        return Ok(());
    }
    let to_reach: BTreeSet<Uuid> = due.iter().flat_map(|due| &due.unreached).copied().collect();
    let mut reached = BTreeSet::new();
    for (member, addresses) in addresses(people).await?.into_iter().filter(|(member, _)| to_reach.contains(member)) {
        for told in addresses {
            match pager.page(&told.address, &notice.subject, &notice.body).await {
                Ok(()) if told.counts => {
                    reached.insert(member);
                }
                Ok(()) => {}
                Err(error) => tracing::error!(%error, "a member could not be told of a recovery at one of their addresses"),
            }
        }
    }
    for due in due {
        let now_reached = due.unreached.intersection(&reached).copied().collect();
        // Each by itself: one that was stopped in between must not keep the day of the others from beginning.
        if let Err(error) = note_told(people, due.request, &now_reached).await {
            tracing::error!(request = %due.request, %error, "a recovery was told of, and it could not be written down");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use plainsight_helpline::Paging;
    use plainsight_people::RoleName;
    use plainsight_people::acts::member::{NewMember, create_member};
    use plainsight_people::acts::recovery::{ask, list_recovery, make_recovery};
    use plainsight_people::acts::sign_in::unlock;
    use plainsight_people::acts::team::create_team;
    use plainsight_store::Clock as _;
    use plainsight_testkit::TestClock;

    use super::*;
    use crate::commands::member::COMMAND_LINE;
    use crate::commands::organisation;
    use crate::config::Config;
    use crate::instance::{Instance, ensure_key};

    /// Remembers whom it told, and fails for the addresses that are down.
    #[derive(Default)]
    struct Remembers {
        down: Mutex<Vec<&'static str>>,
        told: Mutex<Vec<String>>,
    }

    impl Pager for Remembers {
        fn page<'a>(&'a self, address: &'a str, subject: &'a str, body: &'a str) -> Paging<'a> {
            Box::pin(async move {
                if self.down.lock().unwrap().contains(&address) {
                    return Err("down".to_owned());
                }
                self.told.lock().unwrap().push(format!("{address}: {subject}. {body}"));
                Ok(())
            })
        }
    }

    /// Whoever could not be reached is tried again, and nobody hears of it twice; the day waits for the one who could say stop.
    #[tokio::test]
    async fn everybody_is_told_once_and_the_day_waits_for_who_can_stop_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plainsight.toml");
        let text = r#"
            data = "data"
            keys = { public = "keys/public.key", desk = "keys/desk.key" }
            public = { listen = "127.0.0.1:8080" }
            desk = { listen = "127.0.0.1:8081", origin = "http://localhost:8081" }
        "#;
        std::fs::write(&file, text).unwrap();
        let config = Config::read(&file).unwrap();
        let entropy = crate::system::entropy();
        ensure_key(&config.keys.public, entropy.as_ref()).unwrap();
        ensure_key(&config.keys.desk, entropy.as_ref()).unwrap();
        let mut instance = Instance::open_and_migrate(config).await.unwrap();
        let clock = Arc::new(TestClock::at(instance.clock.now()));
        instance.clock = clock.clone();
        organisation::add(&instance, "Westmere Helpline").await.unwrap();
        let people = instance.people().await.unwrap();
        let roles: [RoleName; 1] = ["helpline:adviser".parse().unwrap()];
        let mut members = Vec::new();
        for name in ["ana", "ben"] {
            let email = format!("{name}@example.org");
            let new = NewMember { name, email: &email, sign_in_name: name, roles: &roles, password: None };
            members.push(create_member(&people, COMMAND_LINE, &new).await.unwrap());
        }
        let ana = members.first().unwrap();
        let keys = || unlock(&people, ana.id, ana.words.clone().unwrap());
        let team = create_team(&people, &keys().await.unwrap().unlocked, "helpline", "Night desk").await.unwrap();
        let officers: Vec<_> = members.iter().map(|member| member.id).collect();
        let ana = keys().await.unwrap().unlocked;
        make_recovery(&people, &ana, "helpline", &officers, 2).await.unwrap();
        ask(&people, &ana, &[team], ana.id, "to try it").await.unwrap();

        let pager = Remembers::default();
        let notice = Notice { subject: "Please sign in".to_owned(), body: "Something waits.".to_owned() };
        let listed = async || list_recovery(&people, clock.now()).await.unwrap().remove(0).requests.remove(0);
        let ben = officers.last().copied().unwrap();
        *pager.down.lock().unwrap() = vec!["ben@example.org"];
        tell(&people, &pager, &notice).await.unwrap();
        assert_eq!((listed().await.unreached, listed().await.ready_at), (vec![ben], None), "Ben could not have said stop");
        *pager.down.lock().unwrap() = Vec::new();
        tell(&people, &pager, &notice).await.unwrap();
        assert_eq!(pager.told.lock().unwrap().len(), 1, "nobody is tried every few seconds");

        clock.advance(time::Duration::minutes(10));
        for _ in 0..2 {
            tell(&people, &pager, &notice).await.unwrap();
        }
        assert!(listed().await.ready_at.is_some() && listed().await.unreached.is_empty());
        let told = pager.told.lock().unwrap().clone();
        assert_eq!(told, ["ana@example.org: Please sign in. Something waits.", "ben@example.org: Please sign in. Something waits."]);
    }
}
