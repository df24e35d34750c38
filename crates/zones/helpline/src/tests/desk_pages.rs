//! The advisers' desk through its pages. The session stands in front of them elsewhere; here a member is put there.

use axum::Extension;
use axum::http::StatusCode;
use plainsight_pages::{DeskSite, Locales};
use plainsight_people::SignedIn;
use plainsight_vocabulary::Answer;
use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::public_site::public_settings;
use super::referring::call;

use super::world::{CANARY, MINUTE, START, World, danger, full_report, member, normal, on_both, refer, settings};
use crate::acts::answer::reply;
use crate::acts::open::Paper;
use crate::acts::withdraw::withdraw;
use crate::form::FormKey;
use crate::reference::reference;
use crate::report::{About, LONGEST_TEXT, Report};
use crate::screens::desk::Desk;
use crate::site::PublicSettings;

/// The desk as this member sees it.
pub(super) fn desk(world: &World, who: &SignedIn) -> Browser {
    desk_of(world, who, settings())
}

pub(super) fn desk_of(world: &World, who: &SignedIn, settings: PublicSettings) -> Browser {
    let face = DeskSite::new(Locales::load(None).unwrap(), "Invented Helpline", false);
    let desk = Desk::new(world.desk.clone(), face.clone(), world.people.clone(), "Europe/London", settings, world.desk_key.signing_key());
    Browser::new(plainsight_pages::desk_face(face, crate::desk(desk)).layer(Extension(who.clone())))
}

fn path(contact: Uuid, act: &str) -> String {
    format!("/helpline/contacts/{contact}{act}")
}

/// The form was taken, and the contact's page is next.
fn taken(page: &Page, contact: Uuid) {
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, path(contact, "").as_str()));
}

#[tokio::test]
async fn my_list_shows_what_is_due_with_danger_first_and_says_nothing_of_content() {
    on_both(|world| async move {
        let (one, two) = (world.file(&full_report()).await, world.file(&danger()).await);
        let desk = desk(&world, &world.ana);
        let page = desk.get("/helpline").await;
        assert_eq!(page.status, StatusCode::OK);
        page.check_decent();
        let place = |contact| page.html.find(&path(contact, "")).expect("a row");
        assert!(place(two.contact) < place(one.contact));
        assert!(page.text().contains(&reference(one.contact)));
        assert!(page.text().contains("(1)"), "the number of dangers stands in the navigation");
        assert!(!page.html.contains(CANARY));
        let ledger = world.acts().await;
        assert_eq!(ledger, ["contact.filed", "contact.filed"], "a list page is no entry");
        let only = desk.get("/helpline?show=danger").await;
        assert!(only.html.contains(&path(two.contact, "")) && !only.html.contains(&path(one.contact, "")));
        for odd in ["?show=nonsense", "?page=18446744073709551615", "?show=all&page=7"] {
            assert_eq!(desk.get(&format!("/helpline{odd}")).await.status, StatusCode::OK, "{odd}");
        }
        assert_eq!(desk.get("/").await.location(), "/helpline");
    })
    .await;
}

#[tokio::test]
async fn the_list_goes_on_over_pages() {
    on_both(|world| async move {
        for _ in 0..51 {
            world.file(&normal()).await;
        }
        let desk = desk(&world, &world.ana);
        let (first, second) = (desk.get("/helpline").await, desk.get("/helpline?show=open&page=1").await);
        assert!(first.html.contains("page=1") && second.html.contains("page=0"));
        assert_eq!((first.html.matches("scope=\"row\"").count(), second.html.matches("scope=\"row\"").count()), (50, 1));
    })
    .await;
}

#[tokio::test]
async fn a_contact_shows_the_report_and_how_the_reporter_may_be_reached() {
    on_both(|world| async move {
        let mut report = full_report();
        report.words = format!("{CANARY} <script>alert(1)</script> & \"quotes\"");
        let filed = world.file(&report).await;
        let page = desk(&world, &world.ana).get(&path(filed.contact, "")).await;
        assert_eq!(page.status, StatusCode::OK);
        page.check_decent();
        let text = page.text();
        for shown in [report.words.as_str(), "kanarienvogel place", "07700 900123", "kanarienvogel times", "kanarienvogel code"] {
            assert!(text.contains(shown), "{shown}");
        }
        assert!(text.contains("By telephone"));
        assert_eq!(world.acts().await, ["contact.filed", "contact.opened"]);
        let nobody = world.file(&normal()).await;
        let page = desk(&world, &world.ana).get(&path(nobody.contact, "")).await;
        let words = Locales::load(None).unwrap().english();
        assert!(page.text().contains(&*words.text("desk-safe-contact-nobody")));
    })
    .await;
}

/// Section 103 of the Data (Use and Access) Act 2025: 30 days that begin with the day on which it came.
#[tokio::test]
async fn a_complaint_is_told_from_a_report_when_it_is_opened_and_not_before() {
    on_both(|world| async move {
        let complaint = Report { about: About::Complaint, words: "nobody answered me".into(), ..Report::default() };
        let (filed, other) = (world.file(&complaint).await, world.file(&normal()).await);
        let desk = desk_of(&world, &world.ana, public_settings(&[]));
        let list = desk.get("/helpline").await;
        let row = |page: &Page| page.text().split("Arrived").nth(1).map(str::to_owned).unwrap_or_default();
        assert!(!row(&list).to_lowercase().contains("complaint"), "a row does not say what was written");
        let complaints = desk.get("/helpline?show=complaint").await;
        assert!(complaints.html.contains(&path(filed.contact, "")) && !complaints.html.contains(&path(other.contact, "")));
        let page = desk.get(&path(filed.contact, "")).await;
        page.check_decent();
        let text = page.text();
        assert!(text.contains("This is a complaint about us") && text.contains("nobody answered me"), "{text}");
        let last = Locales::load(None).unwrap().english().date(START + Duration::days(29), time::UtcOffset::UTC);
        assert!(text.contains(&format!("Tell them by \u{2068}{last}\u{2069}")) || text.contains(&format!("Tell them by {last}")), "{text}");
        assert!(!text.contains("Not answered"), "what was not asked is not shown as not answered");
        let page = desk.get(&path(other.contact, "")).await;
        assert!(!page.text().contains("complaint about us"));
    })
    .await;
}

/// practice 5.0 rule 5: nobody tasks a reporter; the guard warns, a person decides.
#[tokio::test]
async fn a_reply_that_may_task_the_reporter_warns_first_and_is_sent_after_a_second_look() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let desk = desk(&world, &world.ana);
        let typed = "Please go back and find out more.";
        let warned = desk.post(&path(filed.contact, "/reply"), &[("reply", typed), ("as", "ask")]).await;
        assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
        warned.check_decent();
        assert!(warned.text().contains(typed), "what was typed comes back");
        assert!(warned.html.contains("name=\"checked\"") && warned.summary_targets() == ["reply"]);
        assert!(!world.acts().await.contains(&"contact.asked".to_owned()));
        let sent = desk.post(&path(filed.contact, "/reply"), &[("reply", typed), ("as", "ask"), ("checked", "yes")]).await;
        taken(&sent, filed.contact);
        assert_eq!(world.acts().await.last().map(String::as_str), Some("contact.asked"));
        let calm = desk.post(&path(filed.contact, "/reply"), &[("reply", "Thank you. Do not go back."), ("as", "reply")]).await;
        taken(&calm, filed.contact);
        assert_eq!(world.acts().await.last().map(String::as_str), Some("contact.replied"));
    })
    .await;
}

/// A double press at the desk stores one paper; the same text from a page that was loaded again is another.
#[tokio::test]
async fn what_one_form_sends_twice_is_stored_once() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let desk = desk(&world, &world.ana);
        let key = |page: &Page| page.html.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let at = world.now().to_offset(time::UtcOffset::UTC);
        let at = format!("{:02}:{:02}", at.hour(), at.minute());
        let call = [
            ("receiver", "emergency"),
            ("at", at.as_str()),
            ("taker", "operator 4"),
            ("none", "yes"),
            ("told", "a woman is locked in"),
            ("ground", "danger-to-life"),
        ];
        let forms = [
            ("", "/note", vec![("note", "seen")]),
            ("", "/reply", vec![("reply", "seen"), ("as", "reply")]),
            ("", "/safe", vec![("safe", "seen"), ("alarm", "1")]),
            ("/referral", "/referral", call.to_vec()),
        ];
        for (number, (page, act, fields)) in forms.into_iter().enumerate() {
            let form = key(&desk.get(&path(filed.contact, page)).await);
            let fields = [fields, vec![("form", form.as_str())]].concat();
            for _ in 0..2 {
                taken(&desk.post(&path(filed.contact, act), &fields).await, filed.contact);
            }
            assert_eq!(world.open(&world.ana, filed.contact).await.unwrap().papers.len(), number + 1, "{act}");
        }
        let alarms = world.waiting_jobs().await.into_iter().filter(|(kind, _)| kind == crate::jobs::REVIEW_ALARM).count();
        assert_eq!(alarms, 1);
        let ben = self::desk(&world, &world.ben);
        let form = key(&ben.get(&path(filed.contact, "")).await);
        for _ in 0..2 {
            taken(&ben.post(&path(filed.contact, "/review"), &[("review", "right"), ("form", &form)]).await, filed.contact);
        }
        let other = key(&desk.get(&path(filed.contact, "")).await);
        taken(&desk.post(&path(filed.contact, "/note"), &[("note", "seen"), ("form", &other)]).await, filed.contact);
        assert_eq!(world.open(&world.ana, filed.contact).await.unwrap().papers.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn an_adviser_marks_danger_from_the_page_of_a_contact() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let desk = desk(&world, &world.ana);
        let page = desk.get(&path(filed.contact, "")).await;
        assert!(page.html.contains("id=\"danger-form\"") && !page.html.contains("id=\"safe-form\""));
        let empty = desk.post(&path(filed.contact, "/danger"), &[("danger", " ")]).await;
        assert_eq!((empty.status, empty.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["danger".to_owned()]));
        assert!(empty.html.contains("<details class=\"govuk-details\" open>"), "what is to be mended is in sight");
        taken(&desk.post(&path(filed.contact, "/danger"), &[("danger", "he took her phone")]).await, filed.contact);
        let page = desk.get(&path(filed.contact, "")).await;
        page.check_decent();
        assert!(page.text().contains("Marked as danger by ana") && page.text().contains("he took her phone"));
        assert!(page.html.contains("id=\"safe-form\"") && !page.html.contains("id=\"danger-form\""));
    })
    .await;
}

/// What was passed on may become worse: it can be said from the page, and the page says what the reporter says of it.
#[tokio::test]
async fn a_danger_that_was_passed_on_can_be_raised_again_from_its_page() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let desk = desk(&world, &world.ana);
        let page = desk.get(&path(filed.contact, "")).await;
        assert!(!page.html.contains("id=\"danger-form\""), "it pages already");
        let link = path(filed.contact, "/referral?alarm=1");
        assert!(page.html.contains(&format!("href=\"{link}\"")));
        assert!(desk.get(&link).await.html.contains("name=\"alarm\" value=\"1\""));
        let referral: Vec<_> = referral().into_iter().chain([("alarm", "1")]).collect();
        taken(&desk.post(&path(filed.contact, "/referral"), &referral).await, filed.contact);
        assert!(!world.header(filed.contact).await.alarm.on);
        let page = desk.get(&path(filed.contact, "")).await;
        assert!(page.html.contains("id=\"safe-form\"") && page.html.contains("id=\"danger-form\""));
        taken(&desk.post(&path(filed.contact, "/danger"), &[("danger", "he came back")]).await, filed.contact);
        assert!(world.header(filed.contact).await.alarm.on);
        world.adds(&filed.root, &FormKey::new(&world.public), "all is well", Some(Answer::No)).await.unwrap();
        assert!(desk.get(&path(filed.contact, "")).await.text().contains("Reporter: nobody is in danger now"));
    })
    .await;
}

/// practice 5.0 rule 5, from the page: the adviser sees why, the supervisor decides.
#[tokio::test]
async fn a_paused_dialogue_is_said_to_the_adviser_and_decided_by_the_supervisor() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        for text in ["more", "still more"] {
            world.adds(&filed.root, &crate::form::FormKey::new(&world.public), text, None).await.unwrap();
        }
        let (ana, sue) = (desk(&world, &world.ana), desk(&world, &world.sue));
        let page = ana.get(&path(filed.contact, "")).await;
        page.check_decent();
        assert!(!page.html.contains("id=\"reply-form\"") && !page.html.contains("name=\"go-on\""));
        assert!(page.text().contains("The dialogue is paused"));
        // What was being written when it paused can be kept as a note.
        let late = ana.post(&path(filed.contact, "/reply"), &[("reply", "thank you for this"), ("as", "reply")]).await;
        assert!(late.text().contains("thank you for this"));
        let not_mine = ana.post(&path(filed.contact, "/go-on"), &[("go-on", "fine")]).await;
        assert_eq!(not_mine.status, StatusCode::NOT_FOUND);
        assert!(sue.get("/helpline?show=supervisor").await.html.contains(&path(filed.contact, "")));
        let page = sue.get(&path(filed.contact, "")).await;
        assert!(page.html.contains("name=\"go-on\""));
        let empty = sue.post(&path(filed.contact, "/go-on"), &[("go-on", "")]).await;
        assert_eq!(empty.summary_targets(), ["go-on"]);
        taken(&sue.post(&path(filed.contact, "/go-on"), &[("go-on", "she sees it from her window")]).await, filed.contact);
        let page = ana.get(&path(filed.contact, "")).await;
        assert!(page.html.contains("id=\"reply-form\"") && page.text().contains("sue looked: the dialogue may go on"));
    })
    .await;
}

#[tokio::test]
async fn notes_and_replies_that_cannot_be_taken_come_back_as_they_were_typed() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let desk = desk(&world, &world.ana);
        let long = "n".repeat(LONGEST_TEXT + 1);
        for field in ["note", "reply"] {
            let empty = desk.post(&path(filed.contact, &format!("/{field}")), &[(field, " \n")]).await;
            assert_eq!((empty.status, empty.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec![field.to_owned()]));
            assert!(empty.has_id(field));
            let back = desk.post(&path(filed.contact, &format!("/{field}")), &[(field, &long)]).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(back.html.contains(&long));
        }
        taken(&desk.post(&path(filed.contact, "/note"), &[("note", "a true note")]).await, filed.contact);
        assert!(desk.get(&path(filed.contact, "")).await.text().contains("a true note"));
        // The database is away for a moment: nothing that was typed is lost.
        world.run("ALTER TABLE helpline_papers RENAME COLUMN sealed TO sealed_away").await;
        let failed = desk.post(&path(filed.contact, "/note"), &[("note", "keep this note")]).await;
        assert!(failed.status.is_server_error());
        world.run("ALTER TABLE helpline_papers RENAME COLUMN sealed_away TO sealed").await;
    })
    .await;
}

fn referral<'a>() -> Vec<(&'a str, &'a str)> {
    vec![
        ("receiver", "emergency"),
        ("at", "23:50"),
        ("taker", "operator 4"),
        ("reference", "CAD 99"),
        ("told", "a woman is locked in"),
        ("ground", "danger-to-life"),
    ]
}

#[tokio::test]
async fn the_referral_form_comes_back_filled_with_every_mistake_at_its_field() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let desk = desk(&world, &world.ana);
        let form = desk.get(&path(filed.contact, "/referral")).await;
        form.check_decent();
        assert!(form.html.contains("value=\"10:20\""), "the time of now is filled in");
        let address = path(filed.contact, "/referral");
        let empty = desk.post(&address, &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(empty.summary_targets(), ["receiver", "at", "taker", "reference", "told", "ground"]);
        for target in empty.summary_targets() {
            assert!(empty.has_id(&target), "{target}");
        }
        // Neither a reference nor "none given": not recorded, and nothing typed is lost.
        let without: Vec<_> = referral().into_iter().filter(|(field, _)| *field != "reference").collect();
        let back = desk.post(&address, &without).await;
        assert_eq!(back.summary_targets(), ["reference"]);
        for shown in ["operator 4", "a woman is locked in", "23:50"] {
            assert!(back.html.contains(shown), "{shown}");
        }
        assert_eq!(back.html.matches(" checked").count(), 2, "both choices come back");
        assert!(!world.header(filed.contact).await.flags.referred);
        let none: Vec<_> = without.into_iter().chain([("none", "yes")]).collect();
        taken(&desk.post(&address, &none).await, filed.contact);
        assert!(world.header(filed.contact).await.flags.review_due);
    })
    .await;
}

#[tokio::test]
async fn ten_to_midnight_typed_at_ten_past_was_yesterday_on_the_desks_clock() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        // In summer the desk's clock is an hour before UTC.
        world.clock.set(datetime!(2027-07-01 23:10 UTC));
        taken(&desk(&world, &world.ana).post(&path(filed.contact, "/referral"), &referral()).await, filed.contact);
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        let passed = opened.papers.iter().find_map(|(_, _, paper)| match paper {
            Paper::UrgentReferral(referral) => Some(referral.passed_at),
            _ => None,
        });
        assert_eq!(passed, Some(datetime!(2027-07-01 22:50 UTC)));
    })
    .await;
}

#[tokio::test]
async fn a_review_is_offered_to_a_second_person_only() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        world.clock.advance(MINUTE);
        let (own, other) = (desk(&world, &world.ana), desk(&world, &world.ben));
        assert!(!own.get(&path(filed.contact, "")).await.html.contains("name=\"review\""));
        assert!(other.get(&path(filed.contact, "")).await.html.contains("name=\"review\""));
        let refused = own.post(&path(filed.contact, "/review"), &[("review", "fine")]).await;
        assert!(refused.text().contains("Somebody else has to review it") && refused.html.contains(">fine<"), "kept for a note");
        assert!(world.header(filed.contact).await.flags.review_due);
        assert_eq!(other.post(&path(filed.contact, "/review"), &[("review", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        taken(&other.post(&path(filed.contact, "/review"), &[("review", "it was right")]).await, filed.contact);
        assert!(!world.header(filed.contact).await.flags.review_due);
    })
    .await;
}

#[tokio::test]
async fn a_danger_is_marked_as_dealt_with_by_a_form_that_then_is_gone() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let desk = desk(&world, &world.ana);
        assert!(desk.get(&path(filed.contact, "")).await.html.contains("/safe\""));
        // A page from before this alarm silences nothing, and says so; what was typed stands in the box for notes.
        let refused = desk.post(&path(filed.contact, "/safe"), &[("safe", "met by officers"), ("alarm", "0")]).await;
        refused.check_decent();
        assert!(refused.text().contains("Not saved: something changed") && refused.text().contains("met by officers"));
        let refused = desk.post(&path(filed.contact, "/safe"), &[("safe", " "), ("alarm", "1")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(world.header(filed.contact).await.next_due().is_some(), "without a reason the clock runs on");
        taken(&desk.post(&path(filed.contact, "/safe"), &[("safe", "met by officers"), ("alarm", "1")]).await, filed.contact);
        assert!(!desk.get(&path(filed.contact, "")).await.html.contains("/safe\""));
    })
    .await;
}

#[tokio::test]
async fn a_contact_is_closed_with_a_reason_and_says_what_stands_in_the_way() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let desk = desk(&world, &world.ana);
        let (page, close) = (path(filed.contact, ""), path(filed.contact, "/close"));
        assert!(desk.get(&page).await.text().contains("First mark the danger as dealt with"));
        // Another page of the same contact was open since before: nothing typed is lost.
        let refused = desk.post(&close, &[("close", "nothing more to do")]).await;
        refused.check_decent();
        for said in ["Not saved: something changed", "First mark the danger as dealt with", "nothing more to do"] {
            assert!(refused.text().contains(said), "{said}");
        }
        taken(&desk.post(&path(filed.contact, "/safe"), &[("safe", "met by officers"), ("alarm", "1")]).await, filed.contact);
        assert_eq!(desk.post(&close, &[("close", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        taken(&desk.post(&close, &[("close", "nothing more to do")]).await, filed.contact);
        let closed = desk.get(&page).await;
        closed.check_decent();
        for said in ["This contact is closed", "Closed by", "nothing more to do", "Open it again"] {
            assert!(closed.text().contains(said), "{said}");
        }
        assert!(!desk.get("/helpline").await.html.contains(&page));
        assert!(desk.get("/helpline?show=closed").await.html.contains(&page));
        taken(&desk.post(&path(filed.contact, "/reopen"), &[]).await, filed.contact);
        assert!(desk.get("/helpline").await.html.contains(&page));
    })
    .await;
}

/// house.md, default deny: what a member may not see looks like what does not exist, on every page and form.
#[tokio::test]
async fn who_may_not_see_a_contact_gets_the_page_of_things_that_do_not_exist() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let care = member(&world.people, "kim", &["care:navigator"]).await;
        let nobody = Uuid::from_u128(0x4242);
        for who in [&care, &world.new] {
            let desk = desk(&world, who);
            let absent = desk.get(&path(nobody, "")).await;
            assert_eq!(absent.status, StatusCode::NOT_FOUND);
            let seen = [
                desk.get(&path(filed.contact, "")).await,
                desk.get(&path(filed.contact, "/referral")).await,
                desk.post(&path(filed.contact, "/reply"), &[("reply", "x")]).await,
                desk.post(&path(filed.contact, "/reply"), &[]).await,
                desk.post(&path(filed.contact, "/note"), &[("note", "x")]).await,
                desk.post(&path(filed.contact, "/safe"), &[("safe", "x")]).await,
                desk.post(&path(filed.contact, "/close"), &[("close", "x")]).await,
                desk.post(&path(filed.contact, "/reopen"), &[]).await,
                desk.post(&path(filed.contact, "/review"), &[("review", "x")]).await,
                desk.post(&path(filed.contact, "/referral"), &referral()).await,
                desk.post(&path(filed.contact, "/referral"), &[]).await,
            ];
            for page in seen {
                assert!(page.status == StatusCode::NOT_FOUND && page.html == absent.html);
            }
        }
        assert_eq!(desk(&world, &care).get("/helpline").await.status, StatusCode::NOT_FOUND);
        assert!(!desk(&world, &world.new).get("/helpline?show=all").await.html.contains(&path(filed.contact, "")));
        assert_eq!(world.acts().await, ["contact.filed"]);
    })
    .await;
}

#[tokio::test]
async fn withdrawn_and_erased_contacts_say_so_and_offer_no_reply() {
    on_both(|world| async move {
        let (read, unread) = (world.file(&normal()).await, world.file(&normal()).await);
        let desk = desk(&world, &world.ana);
        assert!(desk.get(&path(read.contact, "")).await.html.contains("name=\"reply\""));
        for filed in [&read, &unread] {
            withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap();
        }
        let page = desk.get(&path(read.contact, "")).await;
        assert!(page.status == StatusCode::OK && !page.html.contains("name=\"reply\"") && page.html.contains("name=\"note\""));
        // Written while the reporter withdrew: it reaches nobody, says so, and is not lost.
        let late = desk.post(&path(read.contact, "/reply"), &[("reply", "written too late")]).await;
        assert!(late.status == StatusCode::OK && late.text().contains("written too late"));
        let words = Locales::load(None).unwrap().english();
        assert!(late.text().contains(&*words.text("desk-withdrawn-notice")));
        assert!(!world.acts().await.contains(&"contact.replied".to_owned()));
        // A danger is not over because somebody withdrew.
        let danger = world.file(&danger()).await;
        desk.get(&path(danger.contact, "")).await;
        withdraw(&world.public, &world.pepper(), &danger.root).await.unwrap();
        let page = desk.get(&path(danger.contact, "")).await;
        assert!(page.text().contains(&*words.text("desk-withdrawn-danger-notice")) && page.html.contains("name=\"safe\""));
        let gone = desk.get(&path(unread.contact, "")).await;
        gone.check_decent();
        assert_eq!(gone.status, StatusCode::GONE);
    })
    .await;
}

/// The desk's pages in every language, the right-to-left one too; and a paper that does not open says so.
#[tokio::test]
async fn every_page_of_the_desk_stands_in_every_language() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        reply(&world.desk, &world.ana, filed.contact, "zzz".into(), true).await.unwrap();
        world.run("UPDATE helpline_papers SET kind = 'note'").await;
        world.clock.advance(MINUTE);
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        world.clock.advance(Duration::hours(30));
        let pages = async |query| {
            let desk = desk(&world, &world.ben).query(query);
            let mut pages = Vec::new();
            for page in ["/helpline".to_owned(), path(filed.contact, ""), path(filed.contact, "/referral"), path(Uuid::nil(), "")] {
                pages.push(desk.get(&page).await);
            }
            for act in ["/reply", "/note", "/review", "/referral"] {
                pages.push(desk.post(&path(filed.contact, act), &[]).await);
            }
            pages.push(desk.post(&path(filed.contact, "/reply"), &[("reply", "please go back and look")]).await);
            pages
        };
        let english = pages("").await;
        assert!(english[1].text().contains("Damaged or not genuine"));
        for (query, lang, dir) in [("?lang=ro", "ro", "ltr"), ("?lang=ar-XB", "ar-XB", "rtl")] {
            for (one, page) in english.iter().zip(pages(query).await) {
                page.check_decent();
                assert_eq!(one.status, page.status);
                assert!(page.html.contains(&format!("lang=\"{lang}\"")) && page.html.contains(&format!("dir=\"{dir}\"")));
                let known = one.pieces();
                let left: Vec<String> = page
                    .pieces()
                    .into_iter()
                    .filter(|piece| piece.len() > 25 && piece.contains(' ') && known.contains(piece) && !piece.contains(CANARY))
                    .filter(|piece| !piece.contains("she is locked in") && !piece.contains("please go back"))
                    .collect();
                assert_eq!(left, [] as [String; 0], "{lang}");
            }
        }
    })
    .await;
}
