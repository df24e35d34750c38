//! Telling everybody of a recovery that was asked for. The 24 hours in which somebody can say stop count from here.

use std::sync::Arc;
use std::time::Duration;

use plainsight_helpline::{Notice, Pager};
use plainsight_people::acts::recovery::{addresses, mark_told, untold};
use plainsight_people::{ActError, People};

/// How often is looked for requests of which nobody was told.
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

/// Tells everybody of each request once. If nobody at all could be told, it is tried again, and the day does not begin.
async fn tell(people: &People, pager: &dyn Pager, notice: &Notice) -> Result<(), ActError> {
    let requests = untold(people).await?;
    if requests.is_empty() {
        return Ok(());
    }
    let mut told = 0_usize;
    for address in addresses(people).await? {
        match pager.page(&address, &notice.subject, &notice.body).await {
            Ok(()) => told += 1,
            Err(error) => tracing::error!(%error, "a member could not be told of a recovery"),
        }
    }
    if told == 0 {
        tracing::error!("nobody could be told of a recovery: until somebody is, it cannot be finished");
        return Ok(());
    }
    for request in requests {
        // Each by itself: one that was stopped in between must not keep the day of the others from beginning.
        if let Err(error) = mark_told(people, request).await {
            tracing::error!(%request, %error, "a recovery was told of, and it could not be written down");
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
    use plainsight_people::acts::recovery::{ask, make_recovery};
    use plainsight_people::acts::sign_in::unlock;
    use plainsight_people::acts::team::create_team;

    use super::*;
    use crate::commands::member::COMMAND_LINE;
    use crate::commands::organisation;
    use crate::config::Config;
    use crate::instance::{Instance, ensure_key};

    /// Remembers whom it told, and fails for everybody while it is down.
    #[derive(Default)]
    struct Remembers {
        down: Mutex<bool>,
        told: Mutex<Vec<String>>,
    }

    impl Pager for Remembers {
        fn page<'a>(&'a self, address: &'a str, subject: &'a str, body: &'a str) -> Paging<'a> {
            Box::pin(async move {
                if *self.down.lock().unwrap() {
                    return Err("down".to_owned());
                }
                self.told.lock().unwrap().push(format!("{address}: {subject}. {body}"));
                Ok(())
            })
        }
    }

    #[tokio::test]
    async fn everybody_is_told_once_and_the_day_waits_until_somebody_could_be() {
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
        let instance = Instance::open_and_migrate(config).await.unwrap();
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
        *pager.down.lock().unwrap() = true;
        tell(&people, &pager, &notice).await.unwrap();
        assert_eq!(untold(&people).await.unwrap().len(), 1, "nobody was told, so nobody could have said stop");
        *pager.down.lock().unwrap() = false;
        for _ in 0..2 {
            tell(&people, &pager, &notice).await.unwrap();
        }
        assert!(untold(&people).await.unwrap().is_empty());
        let mut told = pager.told.lock().unwrap().clone();
        told.sort();
        assert_eq!(told, ["ana@example.org: Please sign in. Something waits.", "ben@example.org: Please sign in. Something waits."]);
    }
}
