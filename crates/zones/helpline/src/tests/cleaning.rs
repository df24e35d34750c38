//! Files are cleaned while somebody who holds their folder's key is at the desk, once each, and what became of it is written down.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use plainsight_apart::{BadHead, CannotRun, CleanedCopy, Code, Failed, Head, Measuring, Outcome, Scanner};
use plainsight_people::SignedIn;
use plainsight_people::acts::team::create_team;
use plainsight_store::work;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::files::{alive, filed_with, parcels_of, stow, whole};
use super::world::{World, again, on_both};
use crate::acts::clean::{Cleaner, Cleans};
use crate::acts::open::Paper;
use crate::acts::stow::{CUSTODIANS, sweep_files};
use crate::attached::{CleanCopy, CleaningEnd, Obstacle};
use crate::exhibit::exhibits;
use crate::records::{ZONE, files};
use crate::trouble::Trouble;

pub(super) const PHOTO: &[u8] = include_bytes!("../../../../../data/media/photo.jpg");
const CANARY: &[u8] = b"CANARYzq7";

/// The engine in this very process: how it is run apart is tested where that is built.
#[derive(Default)]
pub(super) struct Engine {
    ran: AtomicUsize,
    /// Instead of cleaning, fails like this.
    fails: Option<fn() -> CannotRun>,
    /// Waits here before it begins.
    gate: Option<Arc<Semaphore>>,
}

impl Cleans for Arc<Engine> {
    fn clean(&self, mut input: DuplexStream, mut copy: DuplexStream) -> BoxFuture<'_, Result<Head, CannotRun>> {
        Box::pin(async move {
            self.ran.fetch_add(1, Ordering::SeqCst);
            if let Some(gate) = &self.gate {
                gate.acquire().await.unwrap().forget();
            }
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes).await.unwrap();
            if let Some(fails) = self.fails {
                return Err(fails());
            }
            let measure = |bytes: &[u8]| {
                let mut measuring = Measuring::default();
                measuring.take(bytes);
                measuring.end()
            };
            let code = |name: &str| Code::try_from(name).unwrap();
            let outcome = match plainsight_media::clean(&bytes) {
                Ok(cleaned) => {
                    let mut written = Vec::new();
                    cleaned.write(&bytes, &mut written).unwrap();
                    copy.write_all(&written).await.unwrap();
                    Outcome::Cleaned(CleanedCopy {
                        kind: code(cleaned.kind().name()),
                        removed: cleaned.removed().iter().map(|(trace, count)| (code(trace.name()), *count)).collect(),
                        kept: cleaned.kept().iter().map(|kept| code(kept.name())).collect(),
                        output: measure(&written),
                    })
                }
                Err(refusal) => Outcome::Refused { reason: code(refusal.code()), kind: None },
            };
            Ok(Head { input: measure(&bytes), outcome })
        })
    }
}

pub(super) fn engine() -> (Arc<Engine>, Cleaner) {
    let engine = Arc::<Engine>::default();
    (engine.clone(), Cleaner::new(engine, None))
}

/// Waits until nothing is under way with a file.
pub(super) async fn done(cleaner: &Cleaner, file: Uuid) {
    for _ in 0..4000 {
        if !cleaner.is_at(file) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("a file is cleaned for ever");
}

/// Somebody opens the contact, and the cleaning that begins with it comes to its end.
pub(super) async fn opened(world: &World, who: &SignedIn, cleaner: &Cleaner, contact: Uuid, file: Uuid) {
    let opened = world.open(who, contact).await.unwrap();
    cleaner.begin(&world.desk, who, contact, &opened.papers).await.unwrap();
    done(cleaner, file).await;
}

async fn ends(world: &World, contact: Uuid, file: Uuid) -> Vec<CleaningEnd> {
    let opened = world.open(&world.ana, contact).await.unwrap();
    let ends = opened.papers.iter().filter_map(|(_, _, paper)| match paper {
        Paper::Cleaning(cleaning) if cleaning.of == file => Some(cleaning.end.clone()),
        _ => None,
    });
    ends.collect()
}

async fn copy_of(world: &World, contact: Uuid, file: Uuid) -> CleanCopy {
    match ends(world, contact, file).await.as_slice() {
        [CleaningEnd::Copy(copy)] => copy.clone(),
        other => panic!("{} cleanings", other.len()),
    }
}

/// Names a team that keeps originals; its first holder is sue.
pub(super) async fn custodians(world: &World) -> (Uuid, SignedIn) {
    let team = create_team(&world.people, &world.sue.unlocked, ZONE, "Custodians").await.unwrap();
    let organisation = world.organisation;
    world
        .db
        .content()
        .tx("test.custodians", work!(|tx| plainsight_store::put_site_value(tx, organisation, CUSTODIANS, &team.to_string()).await))
        .await
        .unwrap();
    (team, again(&world.people, &world.sue).await)
}

async fn key_is_there(world: &World, file: Uuid) -> bool {
    !files::find(world.db.content().read(), world.organisation, file).await.unwrap().unwrap().key.is_empty()
}

#[tokio::test]
async fn a_photograph_is_cleaned_when_its_contact_is_opened_and_its_key_goes_to_the_custodians_alone() {
    on_both(|world| async move {
        custodians(&world).await;
        let stowed = stow(&world.public, "IMG_2209.jpg", PHOTO).await;
        let (contact, _) = filed_with(&world, vec![stowed.clone()]).await;
        assert!(PHOTO.windows(CANARY.len()).any(|window| window == CANARY));
        assert!(key_is_there(&world, stowed.id).await);
        let (_, cleaner) = engine();
        opened(&world, &world.ana, &cleaner, contact, stowed.id).await;

        let copy = copy_of(&world, contact, stowed.id).await;
        let bytes = whole(&world.desk, copy.file, &copy.key, copy.size).await;
        assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY));
        assert_eq!(copy.kind, "jpeg");
        assert!(copy.removed.contains_key("place") && copy.removed.contains_key("device"), "{:?}", copy.removed);
        assert_eq!(<[u8; 32]>::from(<sha2::Sha256 as sha2::Digest>::digest(&bytes)), copy.hash);
        // The original lies there whole, and opens with the folder's key no more.
        assert!(!key_is_there(&world, stowed.id).await);
        assert!(whole(&world.desk, stowed.id, &stowed.key, stowed.size).await == PHOTO);
        let row = files::find(world.db.content().read(), world.organisation, copy.file).await.unwrap().unwrap();
        assert_eq!((row.contact, row.key.is_empty()), (Some(contact), true));
        let last = world.ledger().await.into_iter().rev().find(|entry| entry.act == "contact.file_cleaned").unwrap();
        assert_eq!((last.record, last.detail), (Some(contact), serde_json::json!({ "file": stowed.id })));
        // A day later it is still there: a copy that was attached waits for nobody.
        world.clock.advance(time::Duration::days(2));
        sweep_files(&world.desk).await.unwrap();
        assert!(whole(&world.desk, copy.file, &copy.key, copy.size).await == bytes);
    })
    .await;
}

#[tokio::test]
async fn without_custodians_the_key_stays_with_the_folder() {
    on_both(|world| async move {
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(&world, vec![stowed.clone()]).await;
        let (_, cleaner) = engine();
        opened(&world, &world.ana, &cleaner, contact, stowed.id).await;
        copy_of(&world, contact, stowed.id).await;
        assert!(key_is_there(&world, stowed.id).await);
    })
    .await;
}

/// Two advisers, two pages, and another desk beside this one: one copy.
#[tokio::test]
async fn a_file_is_cleaned_once_however_many_open_its_contact() {
    on_both(|world| async move {
        let world = &world;
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(world, vec![stowed.clone()]).await;
        let gate = Arc::new(Semaphore::new(0));
        let engine = Arc::new(Engine { gate: Some(gate.clone()), ..Engine::default() });
        let (cleaner, beside) = (Cleaner::new(engine.clone(), None), Cleaner::new(engine.clone(), None));
        for who in [&world.ana, &world.ben, &world.ana] {
            let opened = world.open(who, contact).await.unwrap();
            cleaner.begin(&world.desk, who, contact, &opened.papers).await.unwrap();
        }
        let papers = world.open(&world.ben, contact).await.unwrap().papers;
        beside.begin(&world.desk, &world.ben, contact, &papers).await.unwrap();
        gate.add_permits(2);
        done(&cleaner, stowed.id).await;
        done(&beside, stowed.id).await;
        assert_eq!(engine.ran.load(Ordering::SeqCst), 2, "once for each desk");
        let copy = copy_of(world, contact, stowed.id).await;
        // What the slower one made is of nobody, and swept.
        sweep_files(&world.desk).await.unwrap();
        let mut all = alive(world).await;
        let mut expected = [stowed.id, copy.file];
        all.sort_unstable();
        expected.sort_unstable();
        assert_eq!(all, expected);
        // Opened again, nothing begins.
        opened(world, &world.ana, &cleaner, contact, stowed.id).await;
        assert_eq!(engine.ran.load(Ordering::SeqCst), 2);
    })
    .await;
}

#[tokio::test]
async fn more_than_two_files_wait_for_a_turn() {
    on_both(|world| async move {
        let world = &world;
        let mut all = Vec::new();
        for name in ["a", "b", "c"] {
            all.push(stow(&world.public, name, PHOTO).await);
        }
        let (contact, _) = filed_with(world, all.clone()).await;
        let gate = Arc::new(Semaphore::new(0));
        let engine = Arc::new(Engine { gate: Some(gate.clone()), ..Engine::default() });
        let cleaner = Cleaner::new(engine.clone(), None);
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        cleaner.begin(&world.desk, &world.ana, contact, &papers).await.unwrap();
        while engine.ran.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        assert!(all.iter().all(|file| cleaner.is_at(file.id)));
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert_eq!(engine.ran.load(Ordering::SeqCst), 2, "a third began");
        gate.add_permits(3);
        for file in &all {
            done(&cleaner, file.id).await;
            copy_of(world, contact, file.id).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_cleaned_is_said_with_its_reason_and_is_left_to_the_custodians() {
    on_both(|world| async move {
        let (_, sue) = custodians(&world).await;
        let page = stow(&world.public, "page.html", b"<html><script>alert(1)</script></html>").await;
        let (contact, _) = filed_with(&world, vec![page.clone()]).await;
        let (engine, cleaner) = engine();
        opened(&world, &world.ana, &cleaner, contact, page.id).await;
        let ends = ends(&world, contact, page.id).await;
        assert!(matches!(ends.as_slice(), [CleaningEnd::Cannot(code)] if code == "active"));
        assert!(!key_is_there(&world, page.id).await);
        assert!(world.acts().await.contains(&"contact.file_not_cleaned".to_owned()));
        // That was said for good: nobody tries again.
        cleaner.try_again(&world.desk, &sue, contact, page.id).await.unwrap();
        done(&cleaner, page.id).await;
        assert_eq!(engine.ran.load(Ordering::SeqCst), 1);
        // The copy that came to nothing is swept.
        sweep_files(&world.desk).await.unwrap();
        assert_eq!(alive(&world).await, [page.id]);
    })
    .await;
}

#[tokio::test]
async fn what_passes_may_be_tried_again_by_a_supervisor_and_the_key_waits_for_that() {
    on_both(|world| async move {
        let world = &world;
        custodians(world).await;
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(world, vec![stowed.clone()]).await;
        let fails: fn() -> CannotRun = || CannotRun::Failed(Failed::TookTooLong { seconds: 60 });
        let slow = Cleaner::new(Arc::new(Engine { fails: Some(fails), ..Engine::default() }), None);
        opened(world, &world.ana, &slow, contact, stowed.id).await;
        assert!(matches!(ends(world, contact, stowed.id).await.as_slice(), [CleaningEnd::Cannot(code)] if code == "time"));
        assert!(key_is_there(world, stowed.id).await);
        // Not by itself, and not by an adviser.
        let (engine, cleaner) = engine();
        opened(world, &world.ana, &cleaner, contact, stowed.id).await;
        assert!(matches!(cleaner.try_again(&world.desk, &world.ana, contact, stowed.id).await, Err(Trouble::NotFound)));
        assert_eq!(engine.ran.load(Ordering::SeqCst), 0);
        cleaner.try_again(&world.desk, &world.sue, contact, stowed.id).await.unwrap();
        done(&cleaner, stowed.id).await;
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        assert!(exhibits(&papers)[0].copy().is_some());
        assert!(!key_is_there(world, stowed.id).await);
        cleaner.try_again(&world.desk, &world.sue, contact, stowed.id).await.unwrap();
        assert_eq!(engine.ran.load(Ordering::SeqCst), 1, "there is a copy already");
    })
    .await;
}

/// Each way in which a worker fails has its word, and an attack is not tried again.
#[tokio::test]
async fn each_failure_of_the_worker_has_its_word() {
    on_both(|world| async move {
        let world = &world;
        let cases: [(fn() -> CannotRun, Obstacle); 5] = [
            (|| CannotRun::Failed(Failed::TooMuchMemory { memory: 1 }), Obstacle::Memory),
            (|| CannotRun::Failed(Failed::NotConfined), Obstacle::Worker),
            (|| CannotRun::Failed(Failed::GaveUp { code: 1 }), Obstacle::Worker),
            (|| CannotRun::Failed(Failed::Forbidden), Obstacle::Attack),
            (|| CannotRun::Answer(BadHead::Garbled), Obstacle::Attack),
        ];
        for (fails, obstacle) in cases {
            let stowed = stow(&world.public, "a.jpg", PHOTO).await;
            let (contact, _) = filed_with(world, vec![stowed.clone()]).await;
            let cleaner = Cleaner::new(Arc::new(Engine { fails: Some(fails), ..Engine::default() }), None);
            opened(world, &world.ana, &cleaner, contact, stowed.id).await;
            let ends = ends(world, contact, stowed.id).await;
            assert!(matches!(ends.as_slice(), [CleaningEnd::Cannot(code)] if code == obstacle.name()), "{obstacle:?}");
            let papers = world.open(&world.ana, contact).await.unwrap().papers;
            assert_eq!(exhibits(&papers)[0].may_be_tried_again(), obstacle != Obstacle::Attack);
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_not_whole_here_is_said_to_be_lost_and_one_that_was_changed_too() {
    on_both(|world| async move {
        let world = &world;
        let (gone, other) = (stow(&world.public, "a.jpg", PHOTO).await, stow(&world.public, "b.jpg", PHOTO).await);
        let wrong = crate::attached::Stowed { hash: [0; 32], ..other.clone() };
        let (contact, _) = filed_with(world, vec![gone.clone(), wrong]).await;
        let (organisation, file) = (world.organisation, gone.id);
        world
            .db
            .content()
            .tx(
                "test.forget",
                work!(|tx| crate::records::parcels::forget(tx, organisation, file, 0).await.map_err(plainsight_store::StoreError::from)),
            )
            .await
            .unwrap();
        let (_, cleaner) = engine();
        for file in [gone.id, other.id] {
            opened(world, &world.ana, &cleaner, contact, file).await;
            assert!(matches!(ends(world, contact, file).await.as_slice(), [CleaningEnd::Cannot(code)] if code == "lost"));
        }
        assert!(key_is_there(world, gone.id).await, "a backup may bring the rest back");
    })
    .await;
}

#[tokio::test]
async fn nobody_without_the_key_has_anything_cleaned() {
    on_both(|world| async move {
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(&world, vec![stowed.clone()]).await;
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        let (engine, cleaner) = engine();
        let begun = cleaner.begin(&world.desk, &world.new, contact, &papers).await;
        assert!(matches!(begun, Err(Trouble::NotFound)));
        let (ola, _) = world.elsewhere(&super::world::normal()).await;
        assert!(matches!(cleaner.begin(&world.desk, &ola, contact, &papers).await, Err(Trouble::NotFound)));
        assert!(matches!(cleaner.try_again(&world.desk, &ola, contact, stowed.id).await, Err(Trouble::NotFound)));
        assert!(!cleaner.is_at(stowed.id));
        assert_eq!(engine.ran.load(Ordering::SeqCst), 0);
    })
    .await;
}

/// What is erased while it is cleaned leaves nothing behind.
#[tokio::test]
async fn what_was_erased_meanwhile_gets_no_copy() {
    on_both(|world| async move {
        let world = &world;
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(world, vec![stowed.clone()]).await;
        let gate = Arc::new(Semaphore::new(0));
        let engine = Arc::new(Engine { gate: Some(gate.clone()), ..Engine::default() });
        let cleaner = Cleaner::new(engine, None);
        let papers = world.open(&world.ana, contact).await.unwrap().papers;
        cleaner.begin(&world.desk, &world.ana, contact, &papers).await.unwrap();
        crate::acts::keep::erase(&world.desk, &world.sue, contact, crate::acts::keep::WhyErased::Asked).await.unwrap();
        gate.add_permits(1);
        done(&cleaner, stowed.id).await;
        sweep_files(&world.desk).await.unwrap();
        assert!(alive(world).await.is_empty());
        assert_eq!(parcels_of(world, stowed.id).await, 0);
    })
    .await;
}

/// A scanner that was chosen and does not answer is no leave to go on.
#[tokio::test]
async fn nothing_is_cleaned_without_the_scanner_that_was_chosen() {
    on_both(|world| async move {
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(&world, vec![stowed.clone()]).await;
        let engine = Arc::<Engine>::default();
        let cleaner = Cleaner::new(engine.clone(), Some(Scanner::at(world.outside.path().join("no-socket"))));
        opened(&world, &world.ana, &cleaner, contact, stowed.id).await;
        assert!(matches!(ends(&world, contact, stowed.id).await.as_slice(), [CleaningEnd::Cannot(code)] if code == "scanner"));
        assert_eq!(engine.ran.load(Ordering::SeqCst), 0);
    })
    .await;
}

#[tokio::test]
async fn what_the_scanner_knows_gets_no_copy_and_its_name_is_told() {
    on_both(|world| async move {
        let stowed = stow(&world.public, "a.jpg", PHOTO).await;
        let (contact, _) = filed_with(&world, vec![stowed.clone()]).await;
        let socket = world.outside.path().join("clamd");
        let listener = tokio::net::UnixListener::bind(&socket).unwrap();
        let scanner = tokio::spawn(async move {
            let (mut asked, _) = listener.accept().await.unwrap();
            let mut heard = vec![0; 10];
            asked.read_exact(&mut heard).await.unwrap();
            assert_eq!(heard, b"zINSTREAM\0");
            let mut whole = Vec::new();
            loop {
                let length = asked.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length as usize];
                asked.read_exact(&mut piece).await.unwrap();
                whole.extend(piece);
            }
            asked.write_all(b"stream: Invented.Worm FOUND\0").await.unwrap();
            whole
        });
        let engine = Arc::<Engine>::default();
        let cleaner = Cleaner::new(engine.clone(), Some(Scanner::at(socket)));
        opened(&world, &world.ana, &cleaner, contact, stowed.id).await;
        assert!(scanner.await.unwrap() == PHOTO, "it was asked about something else");
        assert!(matches!(ends(&world, contact, stowed.id).await.as_slice(), [CleaningEnd::Infected(name)] if name == "Invented.Worm"));
        assert_eq!(engine.ran.load(Ordering::SeqCst), 0);
    })
    .await;
}
