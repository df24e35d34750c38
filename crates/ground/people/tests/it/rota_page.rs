//! The rota at the desk: who sees which team's, who changes what, and that a hole is said as soon as it is torn.

use axum::http::StatusCode;
use plainsight_ledger::OpenedActor;
use plainsight_people::acts::rota::{NewSlot, absences, add_slot, slots};
use plainsight_people::acts::team::grant_team;
use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

use crate::browser::{Answer, Browser};
use crate::world::{ADMINISTRATION, Person, World, on_both};

/// A team with a supervisor and two advisers, who hold its key, and a browser for each.
struct Shift {
    team: Uuid,
    sue: (Person, Browser),
    ana: (Person, Browser),
    ben: (Person, Browser),
}

impl World {
    async fn browser(&self, person: Person) -> (Person, Browser) {
        let mut browser = Browser::at_staff(&self.people);
        browser.sign_in(self, &person).await;
        (person, browser)
    }

    async fn shift(&self) -> Shift {
        let sue = self.add("sue", &["helpline:supervisor"]).await;
        let team = self.team(&sue).await;
        let (ana, ben) = (self.adviser("ana").await, self.adviser("ben").await);
        for member in [ana.id, ben.id] {
            grant_team(&self.people, &*self.unlocked(&sue).await, team, member).await.unwrap();
        }
        Shift { team, sue: self.browser(sue).await, ana: self.browser(ana).await, ben: self.browser(ben).await }
    }

    /// Ana by day and Ben by night, every day: a week without a hole.
    async fn full_week(&self, shift: &Shift) {
        for weekday in 1..=7 {
            for (member, from, to) in [(shift.ana.0.id, 480, 1200), (shift.ben.0.id, 1200, 480)] {
                let slot = NewSlot { team: shift.team, member, weekday, from, to, zone: "Europe/London" };
                add_slot(&self.people, ADMINISTRATION, &slot).await.unwrap();
            }
        }
    }

    /// The acts of the rota that members did, with who did them.
    async fn changes(&self) -> Vec<(String, OpenedActor)> {
        let entries =
            self.entries().await.into_iter().filter(|it| it.act.starts_with("rota.") && matches!(it.actor, OpenedActor::Member(_)));
        entries.map(|it| (it.act, it.actor)).collect()
    }
}

fn turn<'a>(team: &'a str, member: &'a str, day: &'a str, from: &'a str, to: &'a str) -> [(&'a str, &'a str); 5] {
    [("team", team), ("member", member), ("weekday", day), ("from", from), ("to", to)]
}

/// What the page says at the place of a mistake, with the form as it was.
fn refused(page: &Answer, said: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
    assert!(page.body.contains("govuk-error-summary"), "{said}");
    assert!(page.body.matches(said).count() >= 2, "{said}: at the top and at the field\n{}", page.body);
}

#[tokio::test]
async fn a_supervisor_puts_a_turn_on_the_rota_and_takes_it_off() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        let (team, ana, sue) = (shift.team.to_string(), shift.ana.0.id.to_string(), &mut shift.sue.1);
        let empty = sue.get("/rota").await;
        assert!(empty.body.contains("Night desk") && empty.body.contains("Nobody is on call from"));
        let added = sue.post("/rota/turns", &turn(&team, &ana, "2", "20:00", "08:00")).await;
        assert_eq!(added.leads_to(), "/rota?done=added");
        let page = sue.get("/rota?done=added").await;
        assert!(page.body.contains("The turn is on the rota."));
        assert!(page.body.contains("Tuesday, 20:00 to 08:00 on the next day: ana Wintergreen"));
        // The night is told under both of its days: Tuesday 24 November until midnight, and Wednesday's morning.
        let (before, after) = page.body.split_once("colspan=\"2\">Wednesday 25 November 2026").unwrap();
        assert!(before.contains("20:00–24:00") && after.contains("00:00–08:00"));
        let slot = slots(&world.people, shift.team).await.unwrap().remove(0);
        assert_eq!((slot.weekday, slot.from, slot.to, slot.zone.as_str()), (2, 1200, 480, "Europe/London"));

        // Midnight as an end, in both of the ways it is written.
        for (day, end) in [("3", "24:00"), ("4", "00:00")] {
            assert_eq!(sue.post("/rota/turns", &turn(&team, &ana, day, "22:00", end)).await.leads_to(), "/rota?done=added");
        }
        assert!(slots(&world.people, shift.team).await.unwrap().iter().skip(1).all(|it| it.to == 480 || it.to == 1440));

        let remove = format!("/rota/turns/{}/remove", slot.id);
        assert!(sue.get("/rota").await.body.contains(&remove));
        assert_eq!(sue.post(&remove, &[]).await.leads_to(), "/rota?done=removed");
        assert_eq!(sue.post(&remove, &[]).await.leads_to(), "/rota", "gone is gone");
        assert_eq!(slots(&world.people, shift.team).await.unwrap().len(), 2);
        let by_sue = OpenedActor::Member(shift.sue.0.id);
        let acts: Vec<_> = world.changes().await;
        assert!(acts.iter().all(|(_, actor)| *actor == by_sue));
        assert_eq!(
            acts.iter().map(|(act, _)| act.as_str()).collect::<Vec<_>>(),
            ["rota.added", "rota.added", "rota.added", "rota.removed"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_turn_with_mistakes_comes_back_filled_with_each_of_them_named() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        let nav = world.add("nav", &["care:navigator"]).await.id.to_string();
        let (team, ana, nobody) = (shift.team.to_string(), shift.ana.0.id.to_string(), Uuid::nil().to_string());
        let sue = &mut shift.sue.1;
        sue.post("/rota/turns", &turn(&team, &ana, "1", "20:00", "08:00")).await;
        for (form, said) in [
            (turn(&nobody, &ana, "1", "08:00", "12:00"), "Choose one of the teams in the list."),
            (turn(&team, &nobody, "1", "08:00", "12:00"), "Choose somebody from the list. Whoever is not on it"),
            (turn(&team, "", "1", "08:00", "12:00"), "Choose somebody from the list. Whoever is not on it"),
            (turn(&team, &nav, "1", "08:00", "12:00"), "nav Wintergreen has no role where this team works."),
            (turn(&team, &ana, "8", "08:00", "12:00"), "Choose a day of the week."),
            (turn(&team, &ana, "1", "8 o’clock", "12:00"), "Write a time like 09:30."),
            (turn(&team, &ana, "1", "24:00", "12:00"), "Write a time like 09:30."),
            (turn(&team, &ana, "1", "08:00", "25:00"), "Write a time like 09:30."),
            // Monday's night runs into Tuesday morning.
            (
                turn(&team, &ana, "2", "07:00", "12:00"),
                "ana Wintergreen has a turn at that time already: Monday, 20:00 to 08:00 on the next day.",
            ),
        ] {
            let page = sue.post("/rota/turns", &form).await;
            refused(&page, said);
            for (field, value) in form.iter().filter(|(field, value)| ["from", "to"].contains(field) && !value.contains('’')) {
                assert!(page.body.contains(&format!("name=\"{field}\" type=\"text\" value=\"{value}\"")), "{said}: {field} is filled");
            }
            let chosen = format!("<option value=\"{}\" selected>", form[2].1);
            assert!(form[2].1 == "8" || page.body.contains(&chosen), "{said}: the day is chosen");
        }
        let page = sue.post("/rota/turns", &[]).await;
        for field in ["#member", "#weekday", "#from", "#to"] {
            assert!(page.body.contains(&format!("href=\"{field}\"")), "{field}: everything is said at once");
        }
        assert_eq!(slots(&world.people, shift.team).await.unwrap().len(), 1, "nothing of it was stored");
    })
    .await;
}

/// Somebody on the rota whom nobody gave the key is named, at the hour and above: the danger would go to the whole team.
#[tokio::test]
async fn who_cannot_open_yet_stands_on_the_page() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        world.full_week(&shift).await;
        let cat = world.adviser("cat").await;
        for weekday in 1..=7 {
            let slot = NewSlot { team: shift.team, member: cat.id, weekday, from: 0, to: 1440, zone: "Europe/London" };
            add_slot(&world.people, ADMINISTRATION, &slot).await.unwrap();
        }
        let page = shift.sue.1.get("/rota").await;
        let said = "cat Wintergreen cannot open yet: give them the key of the team";
        let rows = page.body.matches("(cannot open yet: cat Wintergreen)").count();
        assert!(page.body.contains(said) && rows > 7 && !page.body.contains("Nobody is on call from"), "{}", page.body);
        grant_team(&world.people, &*world.unlocked(&shift.sue.0).await, shift.team, cat.id).await.unwrap();
        assert!(!shift.sue.1.get("/rota").await.body.contains(said));
    })
    .await;
}

#[tokio::test]
async fn nobody_but_a_supervisor_who_holds_the_key_changes_turns() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        world.full_week(&shift).await;
        let before = slots(&world.people, shift.team).await.unwrap();
        let (team, ana) = (shift.team.to_string(), shift.ana.0.id.to_string());
        let remove = format!("/rota/turns/{}/remove", before[0].id);
        let page = shift.ana.1.get("/rota").await;
        assert!(page.body.contains("Night desk") && !page.body.contains("/rota/turns"), "no form and no button");
        // A supervisor of the zone who holds no key of this team, and one of another zone.
        let strangers = [world.add("sam", &["helpline:supervisor"]).await, world.add("cora", &["care:supervisor"]).await];
        let mut others = vec![shift.ana.1];
        for stranger in strangers {
            let mut browser = world.browser(stranger).await.1;
            let page = browser.get("/rota").await;
            assert!(page.body.contains("You hold no team’s key yet") && !page.body.contains("Night desk"));
            others.push(browser);
        }
        for browser in &mut others {
            assert_eq!(browser.post("/rota/turns", &turn(&team, &ana, "1", "09:00", "10:00")).await.status, StatusCode::NOT_FOUND);
            assert_eq!(browser.post(&remove, &[]).await.leads_to(), "/rota");
        }
        assert_eq!(slots(&world.people, shift.team).await.unwrap(), before);
        assert_eq!(world.changes().await, []);
    })
    .await;
}

/// What an absence tears open is said at once, by day and hour, until it is taken back.
#[tokio::test]
async fn an_absence_says_at_once_what_it_tears_open() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        world.full_week(&shift).await;
        let ben = &mut shift.ben.1;
        assert!(ben.get("/rota").await.body.contains("Somebody is on call at every hour"));
        let saved = ben.post("/rota/absences", &[("first", "2026-11-26"), ("last", "2026-11-27")]).await;
        let away = absences(&world.people).await.unwrap().remove(0);
        assert_eq!(saved.leads_to(), format!("/rota?away={}", away.id));
        assert_eq!((away.from, away.to), (datetime!(2026-11-26 00:00 UTC), datetime!(2026-11-28 00:00 UTC)));
        let page = ben.get(saved.leads_to()).await;
        assert!(page.body.contains("ben Wintergreen is away: Thursday 26 November 2026 to Friday 27 November 2026."));
        for hole in [
            "Nobody is on call from Thursday 26 November 2026, 00:00 to Thursday 26 November 2026, 08:00",
            "Nobody is on call from Thursday 26 November 2026, 20:00 to Friday 27 November 2026, 08:00",
            "Nobody is on call from Friday 27 November 2026, 20:00 to Saturday 28 November 2026, 00:00",
        ] {
            assert!(page.body.contains(&format!("Night desk: {hole}")), "{hole}, in the notice");
            assert!(page.body.matches(hole).count() == 2, "{hole}, and above the week");
        }
        assert!(page.body.contains("(away: ben Wintergreen)"));
        // To a colleague the week says it; whose absence it is, and what it tore, the address tells nobody else.
        let seen = shift.ana.1.get(saved.leads_to()).await;
        assert!(seen.body.contains("(away: ben Wintergreen)") && !seen.body.contains("is away:"));

        // Where somebody else is on call, nothing is torn.
        let alone = shift.ana.1.post("/rota/absences", &[("first", "2026-11-29"), ("last", "2026-11-29")]).await;
        let seen = shift.ana.1.get(alone.leads_to()).await;
        assert!(seen.body.contains("Nobody is on call from Sunday 29 November 2026, 08:00 to Sunday 29 November 2026, 20:00"));

        let back = format!("/rota/absences/{}/back", away.id);
        assert_eq!(ben.post(&back, &[]).await.leads_to(), "/rota?done=back");
        assert_eq!(ben.post(&back, &[]).await.leads_to(), "/rota");
        let acts: Vec<_> = world.changes().await.into_iter().map(|(act, _)| act).collect();
        assert_eq!(acts, ["rota.away", "rota.away", "rota.back"]);
        assert!(ben.get("/rota?lang=ro").await.body.contains("Nimeni nu este de gardă de la"));
    })
    .await;
}

#[tokio::test]
async fn absences_are_each_ones_own_and_a_supervisors_for_all() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        world.full_week(&shift).await;
        let (ana, ben) = (shift.ana.0.id.to_string(), shift.ben.0.id);
        let days = |who: &str| [("who", who.to_owned()), ("first", "2026-11-26".to_owned()), ("last", "2026-11-26".to_owned())];
        let post = async |browser: &mut Browser, who: &str| {
            let form = days(who);
            let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/rota/absences", &form).await
        };
        // Ben is asked for no name and gives another's.
        assert!(!shift.ben.1.get("/rota").await.body.contains("name=\"who\""));
        let page = post(&mut shift.ben.1, &ana).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("Choose somebody from the list."));
        assert!(absences(&world.people).await.unwrap().is_empty());

        assert!(post(&mut shift.sue.1, &ana).await.leads_to().starts_with("/rota?away="));
        let away = absences(&world.people).await.unwrap().remove(0);
        assert_eq!(away.member.to_string(), ana);
        let back = format!("/rota/absences/{}/back", away.id);
        let seen = shift.ben.1.get("/rota").await;
        assert!(seen.body.contains("<strong>ana Wintergreen</strong>: Thursday 26 November 2026") && !seen.body.contains(&back));
        assert_eq!(shift.ben.1.post(&back, &[]).await.leads_to(), "/rota");
        assert_eq!(absences(&world.people).await.unwrap().len(), 1, "not Ben's to take back");
        assert_eq!(shift.ana.1.post(&back, &[]).await.leads_to(), "/rota?done=back", "it is Ana's own");

        // A supervisor of another zone excuses nobody here, but themselves.
        let (cora, mut browser) = world.browser(world.add("cora", &["care:supervisor"]).await).await;
        assert_eq!(post(&mut browser, &ben.to_string()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(post(&mut browser, &cora.id.to_string()).await.leads_to().starts_with("/rota?away="));
    })
    .await;
}

#[tokio::test]
async fn an_absence_with_mistakes_comes_back_filled() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        let ben = &mut shift.ben.1;
        ben.post("/rota/absences", &[("first", "2026-12-24"), ("last", "2026-12-28")]).await;
        for (first, last, said) in [
            ("2026-12-06", "2026-12-05", "Choose a last day that is not before the first."),
            ("24.12.2026", "2026-12-30", "Write the day as year, month and day"),
            ("2026-12-30", "", "Write the day as year, month and day"),
            ("2026-02-30", "2026-12-30", "Write the day as year, month and day"),
            ("2025-12-24", "2025-12-28", "These days are over. Check the year."),
            ("2026-12-28", "2026-12-30", "ben Wintergreen is away then already: Thursday 24 December 2026 to Monday 28 December 2026."),
        ] {
            let page = ben.post("/rota/absences", &[("first", first), ("last", last)]).await;
            refused(&page, said);
            assert!(page.body.contains(&format!("value=\"{first}\"")), "{said}");
        }
        assert_eq!(absences(&world.people).await.unwrap().len(), 1);
        // Far days are looked at too, and no further than a rota reaches.
        assert!(ben.post("/rota/absences", &[("first", "2027-01-01"), ("last", "9990-12-30")]).await.leads_to().starts_with("/rota?away="));
        // Text from the form is text on the page.
        let page = ben.post("/rota/absences", &[("first", "\"><script>"), ("last", "x")]).await;
        assert!(!page.body.contains("<script>"));
    })
    .await;
}

#[tokio::test]
async fn any_week_can_be_looked_at_and_the_nights_of_changing_clocks_are_whole() {
    on_both(|world| async move {
        let mut shift = world.shift().await;
        world.full_week(&shift).await;
        let ana = &mut shift.ana.1;
        let page = ana.get("/rota").await;
        assert!(page.body.contains("Week from Monday 23 November 2026") && page.body.contains("Tuesday 24 November 2026 (today)"));
        assert!(page.body.contains("/rota?week=2026-11-16") && page.body.contains("/rota?week=2026-11-30"));
        for week in ["2027-03-28", "2027-10-31"] {
            let page = ana.get(&format!("/rota?week={week}")).await;
            let rows = page.body.matches("<tr class=\"ps-day\">").count();
            assert_eq!((rows, page.body.matches("govuk-tag--red").count()), (7, 0), "{week}");
        }
        for strange in ["nonsense", "-009999-01-01", "9999-12-31", ""] {
            assert_eq!(ana.get(&format!("/rota?week={strange}&away=x&done=y")).await.status, StatusCode::OK, "{strange}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_auditor_and_a_stranger_find_no_rota() {
    on_both(|world| async move {
        assert!(Browser::at_staff(&world.people).get("/rota").await.leads_to().starts_with("/sign-in"));
        let mut maud = world.browser(world.add("maud", &["people:auditor"]).await).await.1;
        assert_eq!(maud.get("/rota").await.status, StatusCode::NOT_FOUND);
        assert_eq!(maud.post("/rota/absences", &[("first", "2026-12-01"), ("last", "2026-12-01")]).await.status, StatusCode::NOT_FOUND);
        // A form that was written before the desk was locked is kept and sent after.
        let (ana, mut browser) = world.browser(world.adviser("ana").await).await;
        world.clock.advance(Duration::minutes(16));
        let stopped = browser.post("/rota/absences", &[("first", "2026-12-01"), ("last", "2026-12-01")]).await;
        assert_eq!(stopped.status, StatusCode::UNAUTHORIZED);
        assert!(stopped.body.contains("name=\"kept\""));
        assert!(absences(&world.people).await.unwrap().is_empty() && ana.id != Uuid::nil());
        // In Ethiopic letters it is three times as long on its way, and no longer than it is.
        let (long, longer) = ("ቃል".repeat(8_000), "ቃል".repeat(12_000));
        for (text, kept) in [(long.as_str(), true), (longer.as_str(), false)] {
            let stopped = browser.post("/rota/absences", &[("first", text)]).await;
            assert_eq!(stopped.body.contains("name=\"kept\""), kept, "{}", text.len());
        }
    })
    .await;
}
