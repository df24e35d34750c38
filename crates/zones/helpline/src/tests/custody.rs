//! Originals: who may have one, that nobody has one alone, and that each step is signed and written down.

use axum::http::StatusCode;
use plainsight_people::SignedIn;
use plainsight_people::acts::team::grant_team;
use plainsight_vault::{Kind, SecretKey, Team, envelope};
use time::Duration;
use uuid::Uuid;

use super::cleaning::{PHOTO, custodians, done};
use super::files::{alive, filed_with, stored, stow};
use super::handing_out::Both;
use super::world::{World, again, member, normal, on_both};
use crate::acts::answer::seal_signed;
use crate::acts::bring::bring;
use crate::acts::custody::{Evidence, answer, ask, open};
use crate::acts::open::{Paper, hold};
use crate::acts::stow::sweep_files;
use crate::attached::{Attached, Custody, CustodyStep, Stowed};
use crate::exhibit::exhibits;
use crate::form::FormKey;
use crate::records::papers::PaperKind;
use crate::records::{files, papers};
use crate::ticket::Tickets;
use crate::trouble::Trouble;

/// Two custodians who hold both keys, a supervisor and an adviser who hold the team's.
struct Keepers {
    kim: SignedIn,
    lou: SignedIn,
}

async fn keepers(world: &World) -> Keepers {
    let (team, sue) = custodians(world).await;
    let mut keepers = Vec::new();
    for name in ["kim", "lou"] {
        let keeper = member(&world.people, name, &["helpline:custodian"]).await;
        for team in [world.team, team] {
            grant_team(&world.people, &sue.unlocked, team, keeper.member.id).await.unwrap();
        }
        keepers.push(again(&world.people, &keeper).await);
    }
    let lou = keepers.pop().unwrap();
    Keepers { kim: keepers.pop().unwrap(), lou }
}

async fn photograph(world: &World) -> (Uuid, Stowed) {
    let stowed = stow(&world.public, "Anna at home.jpg", PHOTO).await;
    let (contact, _) = filed_with(world, vec![stowed.clone()]).await;
    (contact, stowed)
}

#[tokio::test]
async fn a_reporters_original_is_opened_by_a_custodian_with_a_second_person_and_once() {
    on_both(|world| async move {
        let world = &world;
        let Keepers { kim, lou } = keepers(world).await;
        let both = Both::new(world);
        let (contact, stowed) = both.cleaned(world, PHOTO).await;
        let (ids, tickets) = ((contact, stowed.id), Tickets::default());
        let asked = ask(&world.desk, &kim, ids, "the court asked for it".into()).await.unwrap();
        let asking = (contact, stowed.id, asked);
        assert!(matches!(open(&world.desk, &tickets, &kim, asking).await, Err(Trouble::NeedsSecondPerson)));
        // The asker is nobody's second person, an adviser is none, and a stranger learns nothing.
        assert!(matches!(answer(&world.desk, &kim, asking, true, "me".into()).await, Err(Trouble::NeedsSecondPerson)));
        assert!(matches!(answer(&world.desk, &world.ana, asking, true, "me".into()).await, Err(Trouble::NeedsSecondPerson)));
        let (ola, _) = world.elsewhere(&normal()).await;
        assert!(matches!(answer(&world.desk, &ola, asking, true, "me".into()).await, Err(Trouble::NotFound)));
        answer(&world.desk, &world.sue, asking, true, "I read the order".into()).await.unwrap();
        // Agreed to for kim, and for nobody else.
        assert!(matches!(open(&world.desk, &tickets, &lou, asking).await, Err(Trouble::NotFound)));
        assert!(matches!(open(&world.desk, &tickets, &world.sue, asking).await, Err(Trouble::NotFound)));
        open(&world.desk, &tickets, &kim, asking).await.unwrap();
        assert!(matches!(open(&world.desk, &tickets, &kim, asking).await, Err(Trouble::AskingOver)), "used twice");
        assert!(matches!(answer(&world.desk, &lou, asking, true, "again".into()).await, Err(Trouble::AskingOver)));
        let acts: Vec<String> = world.acts().await.into_iter().filter(|act| act.contains("original")).collect();
        assert_eq!(acts, ["contact.original_asked", "contact.original_agreed", "contact.original_opened"]);
    })
    .await;
}

#[tokio::test]
async fn an_asking_is_over_after_an_hour_and_when_it_was_refused() {
    on_both(|world| async move {
        let Keepers { kim, lou } = keepers(&world).await;
        let (contact, stowed) = photograph(&world).await;
        let tickets = Tickets::default();
        let late = ask(&world.desk, &kim, (contact, stowed.id), "one".into()).await.unwrap();
        answer(&world.desk, &lou, (contact, stowed.id, late), true, "yes".into()).await.unwrap();
        world.clock.advance(Duration::hours(1));
        assert!(matches!(open(&world.desk, &tickets, &kim, (contact, stowed.id, late)).await, Err(Trouble::AskingOver)));
        let refused = ask(&world.desk, &kim, (contact, stowed.id), "two".into()).await.unwrap();
        answer(&world.desk, &lou, (contact, stowed.id, refused), false, "no".into()).await.unwrap();
        assert!(matches!(open(&world.desk, &tickets, &kim, (contact, stowed.id, refused)).await, Err(Trouble::AskingOver)));
        let over = ask(&world.desk, &kim, (contact, stowed.id), "three".into()).await.unwrap();
        world.clock.advance(Duration::hours(1));
        assert!(matches!(answer(&world.desk, &lou, (contact, stowed.id, over), true, "late".into()).await, Err(Trouble::AskingOver)));
    })
    .await;
}

/// Somebody who holds the folder can write any name into a paper, and sign with no key but their own.
#[tokio::test]
async fn agreement_under_anothers_name_is_none() {
    on_both(|world| async move {
        let Keepers { kim, lou } = keepers(&world).await;
        let (contact, stowed) = photograph(&world).await;
        let asked = ask(&world.desk, &kim, (contact, stowed.id), "reason".into()).await.unwrap();
        let held = hold(&world.desk, &kim, contact).await.unwrap();
        let custody =
            Custody { of: stowed.id, step: CustodyStep::Agreed(asked), reason: "yes".into(), at: world.now(), member: lou.member.id };
        let place = (contact, Uuid::from_u128(77));
        let forged = seal_signed(&world.desk, place, PaperKind::Custody, &held.key.public(), &kim.unlocked.signing, &custody).unwrap();
        world
            .db
            .content()
            .tx(
                "test.forge",
                plainsight_store::work!([forged], |tx| papers::insert(tx, forged).await.map_err(plainsight_store::StoreError::from)),
            )
            .await
            .unwrap();
        let evidence = Evidence::read(&world.desk, &kim, contact).await.unwrap();
        assert_eq!(evidence.exhibit(stowed.id).unwrap().custody.len(), 2);
        let opened = open(&world.desk, &Tickets::default(), &kim, (contact, stowed.id, asked)).await;
        assert!(matches!(opened, Err(Trouble::NeedsSecondPerson)));
    })
    .await;
}

#[tokio::test]
async fn who_keeps_no_originals_can_ask_for_none() {
    on_both(|world| async move {
        let Keepers { kim, .. } = keepers(&world).await;
        let (contact, stowed) = photograph(&world).await;
        for who in [&world.ana, &world.sue, &world.new] {
            let asked = ask(&world.desk, who, (contact, stowed.id), "I want it".into()).await;
            assert!(matches!(asked, Err(Trouble::NotFound)));
        }
        // The role without the key is nothing.
        let roled = member(&world.people, "max", &["helpline:custodian"]).await;
        grant_team(&world.people, &world.sue.unlocked, world.team, roled.member.id).await.unwrap();
        let roled = again(&world.people, &roled).await;
        assert!(matches!(ask(&world.desk, &roled, (contact, stowed.id), "x".into()).await, Err(Trouble::NotFound)));
        assert!(ask(&world.desk, &kim, (contact, stowed.id), "x".into()).await.is_ok());
    })
    .await;
}

/// What lies in the tables opens an original with the folder's key and the custodians' together, and with neither alone.
#[tokio::test]
async fn both_keys_are_needed_for_an_original() {
    on_both(|world| async move {
        let Keepers { kim, .. } = keepers(&world).await;
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, PHOTO).await;
        let row = files::find(world.db.content().read(), world.organisation, stowed.id).await.unwrap().unwrap();
        assert!(row.key.is_empty(), "no longer with the folder's key alone");
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        let kept = papers.iter().find_map(|(_, _, paper)| match paper {
            Paper::File(Attached { kept, .. }) => kept.clone(),
            _ => None,
        });
        let kept = kept.unwrap();
        let place = world.desk.envelope(Kind::FileKey, kept.epoch, stowed.id);
        let held = hold(&world.desk, &world.ana, contact).await.unwrap();
        assert!(envelope::open(&kept.sealed, &place, &held.key).is_err());
        assert!(envelope::open(&kept.sealed, &place, world.ana.unlocked.team_key(world.team, 1).unwrap()).is_err());
        for seed in [world.desk_key.to_bytes(), world.public_key.to_bytes()] {
            assert!(envelope::open(&kept.sealed, &place, &SecretKey::<Team>::from_seed(*seed)).is_err());
        }
        let key = kim.unlocked.team_key(kept.team, kept.epoch).unwrap();
        assert_eq!(*envelope::open(&kept.sealed, &place, key).unwrap(), stowed.key.bytes().to_vec());
        // The paper itself opens with the folder's key only.
        let paper = papers::find(world.db.content().read(), world.organisation, contact, stowed.id).await.unwrap().unwrap();
        let place = world.desk.paper_envelope(PaperKind::File.envelope(), contact, stowed.id);
        assert!(envelope::open(&paper.sealed, &place, key).is_err());
    })
    .await;
}

#[tokio::test]
async fn the_pages_lead_from_asking_to_the_very_original_and_its_statement() {
    on_both(|world| async move {
        let world = &world;
        let Keepers { kim, lou } = keepers(world).await;
        let both = Both::new(world);
        let (contact, stowed) = both.cleaned(world, PHOTO).await;
        let address = format!("/helpline/files/{contact}/{}/original", stowed.id);
        let page = both.fresh(&world.ana).get(&address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "an adviser has no page of it");
        let page = both.fresh(&kim).get(&address).await;
        page.check_decent();
        assert!(
            page.text().contains("Anna") || page.text().contains("their own name"),
            "those who may have it are told what it was called"
        );
        let empty = both.fresh(&kim).post(&address, &[("go", "ask"), ("reason", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let key = FormKey::new(&world.desk).to_field();
        for _ in 0..2 {
            let sent = both.fresh(&kim).post(&address, &[("go", "ask"), ("reason", "the court"), ("form", &key)]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER);
        }
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        let asked = exhibits(&papers)[0].custody.clone();
        assert_eq!(asked.len(), 1, "asked twice by one form");
        let asked = asked[0].0.to_string();
        let waiting = both.fresh(&lou).get(&address).await;
        waiting.check_decent();
        assert!(waiting.text().contains("the court") && waiting.html.contains("value=\"agree\""));
        let field = format!("answer-{asked}");
        let agreed = both.fresh(&lou).post(&address, &[("go", "agree"), ("asked", &asked), (&field, "I saw the order")]).await;
        assert_eq!(agreed.status, StatusCode::SEE_OTHER);
        let opened = both.fresh(&kim).post(&address, &[("go", "open"), ("asked", &asked)]).await;
        assert_eq!(opened.status, StatusCode::OK);
        opened.check_decent();
        assert!(opened.text().contains(&data_encoding::HEXLOWER.encode(&stowed.hash)));
        let fetch = opened.html.split("http://files.test").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let original = both.origin().get(&fetch).await;
        assert_eq!((original.status, original.size), (StatusCode::OK, PHOTO.len()));
        let name = original.headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"F-") && !name.contains("their own name"), "{name}");
        assert_eq!(both.origin().get(&fetch).await.status, StatusCode::NOT_FOUND, "it is fetched once");

        let statement = both.desk(&world.ana).get(&format!("/helpline/files/{contact}/{}/continuity.txt", stowed.id)).await;
        assert_eq!(statement.status, StatusCode::OK);
        let lines: Vec<&str> = statement.html.lines().collect();
        let expected = [
            "- 1 December 2026, 10:20: kim asked to open it. Reason: “the court” The signature holds.",
            "- 1 December 2026, 10:20: lou agreed. Reason: “I saw the order” The signature holds.",
            "- 1 December 2026, 10:20: kim opened it. Reason: “the court” The signature holds.",
        ];
        for line in expected {
            assert!(lines.iter().any(|each| each.contains(line.split_once(": ").unwrap().1)), "{line}\n{}", statement.html);
        }
        assert!(statement.html.contains(&data_encoding::HEXLOWER.encode(&stowed.hash)));
        assert!(!statement.html.contains("their own name"));
    })
    .await;
}

#[tokio::test]
async fn what_one_of_us_brought_is_there_once_and_needs_no_second_person() {
    on_both(|world| async move {
        let world = &world;
        let Keepers { kim, .. } = keepers(world).await;
        let (contact, _) = filed_with(world, Vec::new()).await;
        let first = stow(&world.desk, "scan.jpg", PHOTO).await;
        let twice = stow(&world.desk, "scan.jpg", PHOTO).await;
        bring(&world.desk, &world.ana, contact, std::slice::from_ref(&first), "from the door").await.unwrap();
        bring(&world.desk, &world.ana, contact, &[twice], "from the door").await.unwrap();
        assert!(matches!(bring(&world.desk, &world.new, contact, std::slice::from_ref(&first), "").await, Err(Trouble::NotFound)));
        sweep_files(&world.desk).await.unwrap();
        assert_eq!(alive(world).await, [first.id]);
        let papers = world.open(&world.ben, contact).await.unwrap().papers;
        let found = exhibits(&papers);
        assert_eq!((found.len(), found[0].file.member, found[0].file.note.as_str()), (1, Some(world.ana.member.id), "from the door"));
        assert!(found[0].file.kept.is_some());
        let asked = ask(&world.desk, &kim, (contact, first.id), "to print it".into()).await.unwrap();
        open(&world.desk, &Tickets::default(), &kim, (contact, first.id, asked)).await.unwrap();
        assert_eq!(world.acts().await.iter().filter(|act| *act == "contact.file_brought").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn files_are_put_in_by_a_form_in_parts_and_what_is_wrong_with_one_is_said_and_stores_none() {
    on_both(|world| async move {
        let world = &world;
        let both = Both::new(world);
        let (contact, _) = filed_with(world, Vec::new()).await;
        let address = format!("/helpline/files/{contact}/add");
        let part = |name: &str, file: &str, bytes: &[u8]| {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
            [head.as_bytes(), bytes, b"\r\n"].concat()
        };
        let body = |parts: &[Vec<u8>]| [parts.concat(), b"--b--\r\n".to_vec()].concat();
        let kind = "multipart/form-data; boundary=b";
        let send =
            async |who: &SignedIn, parts: &[Vec<u8>]| both.desk(who).header("content-type", kind).post_bytes(&address, &body(parts)).await;
        let photo = || part("files", "; filename=\"Anna.jpg\"", PHOTO);
        let none = send(&world.ana, &[part("file-note", "", b"what I typed"), part("files", "; filename=\"\"", b"")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        none.check_decent();
        assert!(none.text().contains("Choose at least one file") && none.html.contains("what I typed"));
        let empty = send(&world.ana, &[photo(), part("files", "; filename=\"b\"", b"")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let many = send(&world.ana, &vec![photo(); 11]).await;
        assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
        let whole = body(&[photo()]);
        let cut = both.desk(&world.ana).header("content-type", kind).post_bytes(&address, &whole[..whole.len() - 500]).await;
        assert_eq!(cut.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(send(&world.new, &[photo()]).await.status, StatusCode::NOT_FOUND);
        sweep_files(&world.desk).await.unwrap();
        assert!(alive(world).await.is_empty());
        let good = send(&world.ana, &[part("file-note", "", b"from the door"), photo(), part("files", "; filename=\"b\"", b"other")]).await;
        assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        let found = exhibits(&papers);
        assert_eq!(found.iter().map(|each| each.file.name.as_str()).collect::<Vec<_>>().len(), 2);
        assert!(found.iter().all(|each| each.file.note == "from the door"));
    })
    .await;
}

/// Cases keep files as contacts do: merged and parted they stay where they were put.
#[tokio::test]
async fn a_case_keeps_its_own_files_merged_or_not() {
    on_both(|world| async move {
        let world = &world;
        let both = Both::new(world);
        let (one, other) = (world.file(&normal()).await.contact, world.file(&normal()).await.contact);
        let first = crate::acts::case::begin(&world.desk, &world.ana, &[one], "First".into()).await.unwrap();
        let second = crate::acts::case::begin(&world.desk, &world.ana, &[other], "Second".into()).await.unwrap();
        let stowed = stow(&world.desk, "scan.jpg", PHOTO).await;
        bring(&world.desk, &world.ana, first, std::slice::from_ref(&stowed), "a letter").await.unwrap();
        let page = async |case: Uuid| both.desk(&world.ana).get(&format!("/helpline/cases/{case}")).await;
        page(first).await.check_decent();
        done(both.cleaner(), stowed.id).await;
        let reference = crate::reference::file_reference(stowed.id);
        assert!(page(first).await.text().contains("Photograph (JPEG)"));
        assert!(!page(second).await.html.contains(&reference));
        crate::acts::case::merge(&world.desk, &world.ana, first, second, "the same place".into()).await.unwrap();
        assert!(page(second).await.html.contains(&reference) && page(first).await.html.contains(&reference));
        crate::acts::case::part(&world.desk, &world.ana, first, "no".into()).await.unwrap();
        assert!(!page(second).await.html.contains(&reference) && page(first).await.html.contains(&reference));
        assert!(world.acts().await.contains(&"case.file_cleaned".to_owned()));
    })
    .await;
}

/// A legal hold keeps the files with the folder; what is erased leaves neither originals nor copies.
#[tokio::test]
async fn a_held_folder_keeps_its_files_and_an_erased_one_keeps_none() {
    on_both(|world| async move {
        let world = &world;
        let both = Both::new(world);
        let (contact, stowed) = both.cleaned(world, PHOTO).await;
        crate::acts::keep::keep_for_law(&world.desk, &world.sue, contact, "the court".into(), true).await.unwrap();
        let erase = async || crate::acts::keep::erase(&world.desk, &world.sue, contact, crate::acts::keep::WhyErased::Asked).await;
        assert!(matches!(erase().await, Err(Trouble::Kept)));
        sweep_files(&world.desk).await.unwrap();
        assert_eq!(alive(world).await.len(), 2);
        let statement = both.desk(&world.ana).get(&format!("/helpline/files/{contact}/{}/continuity", stowed.id)).await;
        statement.check_decent();
        assert!(statement.text().contains("A legal hold keeps the folder."));
        crate::acts::keep::keep_for_law(&world.desk, &world.sue, contact, "over".into(), false).await.unwrap();
        erase().await.unwrap();
        sweep_files(&world.desk).await.unwrap();
        assert!(alive(world).await.is_empty());
        assert_eq!(stored(world).await, 0, "parcels of the copy are left");
    })
    .await;
}
