//! What the public is told, changed at the desk: who may, what two must look at, and that neither file nor change loses in silence.

use std::sync::Arc;

use axum::Extension;
use plainsight_pages::{DeskSite, Locales};
use plainsight_people::SignedIn;
use plainsight_people::acts::member::close_member;
use plainsight_store::work;
use plainsight_vocabulary::{CheckedBy, FactName, OperatorEdit, Promise, RouteKind};

use super::browser::Browser;
use super::world::{COMMAND_LINE, World, again, member, on_both, settings};
use crate::acts::settings::{Done, Unchanged, change, decide, versions, waiting};
use crate::records::settings::proposals;
use crate::screens::desk::Desk;
use crate::site::PublicSettings;
use crate::standing::{Holds, Made, OperatorFile, Proposal, Standing};
use crate::trouble::Trouble;

const FILE: &str = r#"# by hand
[[route]]
jurisdiction = "england"
id = "our-line"
kind = "operator"
name = { en = "Our helpline" }
telephone = "020 7946 0123"
hours = ["mon-fri 09:00-17:00"]
by = "A. Member"
on = 2026-01-01
review_by = 2026-11-30
"#;

fn file(text: &str) -> OperatorFile {
    let make = Arc::new(|facts: &plainsight_vocabulary::OperatorFacts| {
        let all = facts.apply(plainsight_vocabulary::jurisdictions()).map_err(|error| error.to_string())?;
        let jurisdictions = all.into_iter().filter(|one| one.id == "england").collect();
        Ok(PublicSettings { jurisdictions, promises: facts.promises().clone(), ..settings() })
    });
    OperatorFile { name: "operator.toml".into(), text: text.into(), make }
}

async fn standing(world: &World, text: &str) -> Standing {
    Standing::begin(file(text), &world.desk).await.unwrap().unwrap()
}

/// What the public process holds, which began with the same file.
async fn of_the_public(world: &World, text: &str) -> Standing {
    Standing::begin(file(text), &world.public).await.unwrap().unwrap()
}

fn check(world: &World) -> CheckedBy {
    let today = world.now().date();
    CheckedBy { by: "Sue".into(), on: today.to_string(), review_by: today.saturating_add(time::Duration::days(100)).to_string() }
}

fn promise(world: &World, promise: Promise) -> Made {
    Made::Edit(OperatorEdit::Promise { promise, check: Some(check(world)) })
}

fn number(world: &World, route: &str, number: &str) -> Made {
    Made::Edit(OperatorEdit::Route {
        jurisdiction: "england".into(),
        route: route.into(),
        facts: [(FactName::Telephone, number.to_owned())].into(),
        gone: Vec::new(),
        names: [].into(),
        check: check(world),
    })
}

fn promised(standing: &Standing, world: &World) -> Vec<Promise> {
    standing.settings().promises.on(world.now().date())
}

fn browser(world: &World, who: &SignedIn, standing: &Standing) -> Browser {
    let face = DeskSite::new(Locales::load(None).unwrap(), "Invented Helpline", false);
    let desk =
        Desk::new(world.desk.clone(), face.clone(), world.people.clone(), "Europe/London", standing.clone(), world.desk_key.signing_key());
    let rooms = crate::desk(desk.clone()).merge(crate::desk_with_fresh_password(desk));
    Browser::new(plainsight_pages::desk_face(face, rooms).layer(Extension(who.clone())))
}

async fn second(world: &World) -> SignedIn {
    let zoe = member(&world.people, "zoe", &["helpline:supervisor"]).await;
    again(&world.people, &zoe).await
}

/// A guarded line of the shipped files: for children.
fn guarded() -> String {
    let england = plainsight_vocabulary::jurisdictions().iter().find(|one| one.id == "england").unwrap();
    england.routes.iter().find(|route| route.kind == RouteKind::Children && route.telephone.is_some()).unwrap().id.clone()
}

#[tokio::test]
async fn a_change_holds_in_both_processes_and_each_version_can_be_brought_back() {
    on_both(|world| async move {
        let (desk, public) = (standing(&world, FILE).await, of_the_public(&world, FILE).await);
        for (before, given) in [(0, Promise::NoCost), (1, Promise::NoEmployer)] {
            let done = change(&world.desk, &world.sue, &desk, promise(&world, given), before).await.unwrap();
            assert_eq!(done, Done::Holds(before + 1));
        }
        assert!(promised(&public, &world).is_empty(), "not looked yet");
        public.catch_up(&world.public).await.unwrap();
        assert_eq!(promised(&public, &world), [Promise::NoEmployer, Promise::NoCost]);
        assert!(public.text().0.starts_with("# by hand"), "the writing around it stays");
        change(&world.desk, &world.sue, &desk, Made::Again(1), 2).await.unwrap();
        public.catch_up(&world.public).await.unwrap();
        assert_eq!((promised(&public, &world), versions(&world.desk, 0, None).await.unwrap().len()), (vec![Promise::NoCost], 3));
        let acts = world.acts().await;
        assert_eq!(acts[acts.len() - 3..], ["settings.changed", "settings.changed", "settings.brought_back"]);
        // A process that starts anew holds the same.
        assert_eq!(promised(&of_the_public(&world, FILE).await, &world), [Promise::NoCost]);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_changed_on_the_server_does_not_lose_to_a_page_in_silence_nor_the_page_to_it() {
    on_both(|world| async move {
        let desk = standing(&world, FILE).await;
        change(&world.desk, &world.sue, &desk, promise(&world, Promise::NoCost), 0).await.unwrap();
        let newer = FILE.replace("0123", "0999");
        let desk = standing(&world, &newer).await;
        assert_eq!((desk.now().holds.clone(), promised(&desk, &world)), (Holds::FileIsNewer, Vec::new()));
        let page = browser(&world, &world.sue, &desk).get("/helpline/settings").await;
        page.check_decent();
        let text = page.text();
        assert!(text.contains("The file on the server holds, not version") && text.contains("020 7946 0999"), "{text}");
        // The next change is made on the file, and the earlier one is not lost.
        change(&world.desk, &world.sue, &desk, promise(&world, Promise::NoEmployer), 1).await.unwrap();
        assert_eq!((desk.now().holds.clone(), promised(&desk, &world)), (Holds::Version, vec![Promise::NoEmployer]));
        assert!(desk.text().0.contains("0999") && versions(&world.desk, 0, None).await.unwrap().len() == 2);
        // What holds was written into the file: both are the same.
        assert_eq!(standing(&world, &desk.text().0).await.now().holds, Holds::Version);
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_second_overwrites_nothing() {
    on_both(|world| async move {
        let (desk, other) = (standing(&world, FILE).await, standing(&world, FILE).await);
        change(&world.desk, &world.sue, &desk, promise(&world, Promise::NoCost), 0).await.unwrap();
        let late = change(&world.desk, &world.sue, &other, number(&world, "our-line", "020 7946 0555"), 0).await;
        assert!(matches!(late, Err(Unchanged::Meanwhile)), "{late:?}");
        // On the page: the form comes back filled, says what changed, and can be sent again.
        let sue = browser(&world, &world.sue, &other);
        let address = "/helpline/settings/routes/england/our-line";
        let review = check(&world).review_by;
        let typed = |seen: &'static str, go: &'static str| {
            vec![("seen", seen), ("go", go), ("telephone", "020 7946 0555"), ("hours", "always"), ("name-en", "Our line"), ("by", "Sue")]
        };
        let mut late = typed("0", "save");
        late.push(("review_by", &review));
        let page = sue.post(address, &late).await;
        page.check_decent();
        assert_eq!(page.status.as_u16(), 422);
        assert!(page.text().contains("sue promised") && page.html.contains("020 7946 0555"), "{}", page.text());
        let mut again = typed("1", "save");
        again.push(("review_by", &review));
        assert_eq!(sue.post(address, &again).await.location(), "/helpline/settings?done=holds");
        let text = other.text().0;
        assert!(text.contains("0555") && text.contains("no-cost") && text.contains("Our line"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_guarded_number_is_changed_by_two_and_taken_away_by_nobody() {
    on_both(|world| async move {
        let (desk, zoe, line) = (standing(&world, FILE).await, second(&world).await, guarded());
        let asked = change(&world.desk, &world.sue, &desk, number(&world, &line, "020 7946 0111"), 0).await.unwrap();
        assert_eq!((asked, desk.now().newest), (Done::Waits, 0));
        let (id, _) = waiting(&world.desk).await.unwrap().pop().unwrap();
        let own = decide(&world.desk, &world.sue, &desk, id, (true, desk.now().newest)).await;
        assert!(matches!(own, Err(Unchanged::Trouble(crate::trouble::Trouble::NeedsSecondPerson))), "{own:?}");
        let adviser = decide(&world.desk, &world.ana, &desk, id, (true, desk.now().newest)).await;
        assert!(matches!(adviser, Err(Unchanged::Trouble(crate::trouble::Trouble::NotFound))), "{adviser:?}");
        // Something else is changed while it waits: it stays.
        change(&world.desk, &world.sue, &desk, promise(&world, Promise::NoCost), 0).await.unwrap();
        let page = browser(&world, &zoe, &desk).get(&format!("/helpline/settings/proposals/{id}")).await;
        page.check_decent();
        assert!(page.text().contains("020 7946 0111"), "{}", page.text());
        assert_eq!(decide(&world.desk, &zoe, &desk, id, (true, desk.now().newest)).await.unwrap(), Done::Holds(2));
        assert!(desk.text().0.contains("020 7946 0111") && promised(&desk, &world) == [Promise::NoCost]);
        assert!(waiting(&world.desk).await.unwrap().is_empty());
        let version = versions(&world.desk, 0, None).await.unwrap().remove(0);
        assert_eq!((version.by, version.second), (world.sue.member.id, Some(zoe.member.id)));
        let gone = Made::Edit(OperatorEdit::StopShowing { jurisdiction: "england".into(), route: line.clone() });
        let refused = change(&world.desk, &zoe, &desk, gone, 2).await;
        assert!(matches!(refused, Err(Unchanged::Refused(_))), "{refused:?}");
        // Nor by going back to a text without it.
        let back = change(&world.desk, &zoe, &desk, Made::Again(1), 2).await;
        assert!(matches!(back, Err(Unchanged::Refused(_))), "{back:?}");
        // No is no, and a change by somebody who asked for it themselves can be taken back.
        change(&world.desk, &world.sue, &desk, number(&world, &line, "020 7946 0222"), 2).await.unwrap();
        let (id, _) = waiting(&world.desk).await.unwrap().pop().unwrap();
        decide(&world.desk, &world.sue, &desk, id, (false, desk.now().newest)).await.unwrap();
        assert!(waiting(&world.desk).await.unwrap().is_empty() && desk.now().newest == 2);
    })
    .await;
}

#[tokio::test]
async fn the_page_is_for_supervisors_and_a_mistake_comes_back_at_its_field() {
    on_both(|world| async move {
        let desk = standing(&world, FILE).await;
        let (sue, ana) = (browser(&world, &world.sue, &desk), browser(&world, &world.ana, &desk));
        let route = "/helpline/settings/routes/england/our-line";
        let promise = "/helpline/settings/promises/no-cost";
        for address in ["/helpline/settings", route, promise, "/helpline/settings/versions/1"] {
            assert_eq!(ana.get(address).await.status.as_u16(), 404, "{address}");
        }
        for address in ["/helpline/settings/routes/england/nowhere", "/helpline/settings/promises/no-tax", "/helpline/settings/versions/1"]
        {
            assert_eq!(sue.get(address).await.status.as_u16(), 404, "{address}");
        }
        for address in ["/helpline/settings", route, promise] {
            sue.get(address).await.check_decent();
        }
        let fields = |number: &'static str, by: &'static str, review_by: &'static str| {
            [
                ("seen", "0"),
                ("go", "look"),
                ("telephone", number),
                ("hours", "whenever"),
                ("name-en", "X"),
                ("by", by),
                ("review_by", review_by),
            ]
        };
        let good = check(&world).review_by;
        let page = sue.post(route, &fields("call us", "Sue", "soon")).await;
        page.check_decent();
        assert_eq!((page.status.as_u16(), page.html.contains("call us")), (422, true));
        assert_eq!(page.summary_targets(), ["review_by"]);
        let mut wrong = fields("call us", "Sue", "soon").to_vec();
        wrong.retain(|(name, _)| *name != "review_by" && *name != "hours");
        wrong.extend([("review_by", good.as_str()), ("hours", "always")]);
        assert_eq!(sue.post(route, &wrong).await.summary_targets(), ["telephone"]);
        let page = sue.post(promise, &[("seen", "0"), ("go", "save"), ("by", " "), ("review_by", &good)]).await;
        assert_eq!((page.status.as_u16(), page.summary_targets()), (422, vec!["by".to_owned()]));
        assert_eq!(desk.now().newest, 0, "nothing of it was made");
        // Seen beforehand, as the public sees it.
        wrong.retain(|(name, _)| *name != "telephone");
        wrong.push(("telephone", "020 7946 0777"));
        let look = sue.post(route, &wrong).await;
        look.check_decent();
        assert!(look.text().contains("What the public will see") && look.text().contains("020 7946 0777"), "{}", look.text());
        assert_eq!(desk.now().newest, 0);
    })
    .await;
}

/// A row that somebody put in the place of another is none.
#[tokio::test]
async fn an_old_version_in_the_place_of_the_newest_is_not_taken() {
    on_both(|world| async move {
        let desk = standing(&world, FILE).await;
        change(&world.desk, &world.sue, &desk, promise(&world, Promise::NoCost), 0).await.unwrap();
        world.run("UPDATE helpline_settings SET number = 2").await;
        assert!(desk.catch_up(&world.desk).await.is_err());
        assert_eq!(promised(&desk, &world), [Promise::NoCost], "what held goes on holding");
        let held = desk.text().0;
        assert!(held.contains("no-cost"));
    })
    .await;
}

/// The two processes read their file each on its own server: when they began with different ones, the desk says so.
#[tokio::test]
async fn the_desk_says_when_the_report_site_began_with_another_file() {
    on_both(|world| async move {
        let desk = standing(&world, FILE).await;
        let said = async || {
            let page = browser(&world, &world.sue, &desk).get("/helpline/settings").await;
            page.check_decent();
            page.text().contains("The report site began with another file")
        };
        assert!(!said().await, "nobody said with which it began");
        of_the_public(&world, FILE).await.tell_desk(&world.public).await.unwrap();
        assert!(!said().await);
        let other = FILE.replace("0123", "0999");
        of_the_public(&world, &other).await.tell_desk(&world.public).await.unwrap();
        assert!(said().await);
        // What is changed at the desk is no other file.
        change(&world.desk, &world.sue, &desk, promise(&world, Promise::NoCost), 0).await.unwrap();
        of_the_public(&world, FILE).await.tell_desk(&world.public).await.unwrap();
        assert!(!said().await);
        assert!(
            !super::world::lies_in(&world.everything_stored().await, &crate::standing::fingerprint(FILE)),
            "a keyed mark, which nobody else can try files against"
        );
    })
    .await;
}

/// A change that waits is the word of whom it names: whoever has the database and the service's key cannot make one up and be its second.
#[tokio::test]
async fn nobody_is_the_second_of_a_change_that_its_first_did_not_sign() {
    on_both(|world| async move {
        let (desk, zoe, line) = (standing(&world, FILE).await, second(&world).await, guarded());
        let (sue, mine) = (world.sue.member.id, &zoe.unlocked.signing);
        let make = |telephone: &str, by| Proposal { made: number(&world, &line, telephone), by, at: world.now() };
        let put = async |row: proposals::Model| {
            world
                .db
                .content()
                .tx("test.propose", work!([row], |tx| proposals::insert(tx, row).await.map_err(Trouble::from)))
                .await
                .unwrap();
        };
        let yes = async |who: &SignedIn, id| decide(&world.desk, who, &desk, id, (true, desk.now().newest)).await;
        // In Sue's name, with Zoe's key; then without any signature, as they were stored before.
        let (forged, bare) = (world.desk.new_id(), world.desk.new_id());
        put(make("020 7946 0333", sue).seal(&world.desk, forged, mine).unwrap()).await;
        let text = serde_json::to_vec(&make("020 7946 0444", sue)).unwrap();
        let sealed = world.desk.ring.seal(&world.desk.column("helpline_proposals", bare, "sealed"), &text, &mut world.desk.rng());
        put(proposals::Model { organisation: world.organisation, id: bare, sealed }).await;
        for id in [forged, bare] {
            assert!(matches!(yes(&zoe, id).await, Err(Unchanged::Unsigned)));
            let path = format!("/helpline/settings/proposals/{id}");
            let page = browser(&world, &zoe, &desk).post(&path, &[("go", "yes"), ("seen", "0")]).await;
            page.check_decent();
            assert!(page.text().contains("carries no signature of whom it names"), "{}", page.text());
        }
        // A signed one under another id is another one.
        change(&world.desk, &world.sue, &desk, number(&world, &line, "020 7946 0111"), 0).await.unwrap();
        let all = waiting(&world.desk).await.unwrap();
        let (good, proposal) = all.iter().find(|(id, _)| ![forged, bare].contains(id)).unwrap();
        let row = proposals::find(world.db.content().read(), world.organisation, *good).await.unwrap().unwrap();
        let opened = world.desk.ring.open(&world.desk.column("helpline_proposals", *good, "sealed"), &row.sealed).unwrap();
        let moved = world.desk.new_id();
        let sealed = world.desk.ring.seal(&world.desk.column("helpline_proposals", moved, "sealed"), &opened, &mut world.desk.rng());
        put(proposals::Model { organisation: world.organisation, id: moved, sealed }).await;
        assert!(matches!(yes(&zoe, moved).await, Err(Unchanged::Unsigned)));
        assert_eq!((proposal.by, desk.now().newest), (sue, 0));
        // No is said to each of them, and the signed one holds.
        for id in [forged, bare, moved] {
            decide(&world.desk, &zoe, &desk, id, (false, 0)).await.unwrap();
        }
        assert_eq!(yes(&zoe, *good).await.unwrap(), Done::Holds(1));
        // Whoever has left says nothing any more.
        change(&world.desk, &zoe, &desk, number(&world, &line, "020 7946 0555"), 1).await.unwrap();
        let (id, _) = waiting(&world.desk).await.unwrap().pop().unwrap();
        close_member(&world.people, COMMAND_LINE, zoe.member.id).await.unwrap();
        assert!(matches!(yes(&world.sue, id).await, Err(Unchanged::Unsigned)));
    })
    .await;
}
