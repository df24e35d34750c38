//! Files lie in sealed parcels, belong to a folder once they are sent, and die by themselves if they are not.

use plainsight_vault::{Kind, envelope};
use sea_orm::{EntityTrait, PaginatorTrait};
use time::Duration;
use uuid::Uuid;

use super::world::{World, normal, on_both};
use crate::acts::come_back::Added;
use crate::acts::file::{Sending, file};
use crate::acts::open::{Paper, hold, open};
use crate::acts::stow::{Fate, Stowing, WAITS, begin, fate, hash, put_parcel, read_parcel, sweep_files, take_back, there};
use crate::acts::{come_back, withdraw};
use crate::attached::Stowed;
use crate::cabinet::Cabinet;
use crate::form::FormKey;
use crate::message::From;
use crate::parcel::{FileKey, LARGEST, Layout, PARCEL};
use crate::records::{files, parcels};
use crate::trouble::Trouble;

/// A file that is like no other, of two parcels and a piece of a third.
fn picture() -> Vec<u8> {
    (0..PARCEL as u32 * 2 + 12_345).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

pub(super) async fn stow(cabinet: &Cabinet, name: &str, bytes: &[u8]) -> Stowed {
    let (id, key) = begin(cabinet).await.unwrap();
    let mut stowing = Stowing::new(cabinet, id, key.clone());
    for piece in bytes.chunks(70_001) {
        stowing.push(piece).await.unwrap();
    }
    let streamed = stowing.finish().await.unwrap();
    assert_eq!(streamed.size, bytes.len() as u64);
    Stowed { id, key, name: name.to_owned(), size: streamed.size, hash: streamed.hash }
}

pub(super) async fn whole(cabinet: &Cabinet, file: Uuid, key: &FileKey, size: u64) -> Vec<u8> {
    let layout = Layout::of(size).unwrap();
    let mut all = Vec::new();
    for number in 0..layout.filled() {
        all.extend_from_slice(&read_parcel(cabinet, file, key, layout, number).await.unwrap());
    }
    all
}

async fn waits(cabinet: &Cabinet, file: Uuid) -> Result<bool, Trouble> {
    Ok(fate(cabinet, file).await? == Fate::Waits)
}

pub(super) async fn parcels_of(world: &World, file: Uuid) -> usize {
    parcels::numbers(world.db.content().read(), world.organisation, file).await.unwrap().len()
}

/// The files that wait or are in a folder.
pub(super) async fn alive(world: &World) -> Vec<Uuid> {
    let mut alive = Vec::new();
    for row in files::Entity::find().all(world.db.content().read()).await.unwrap() {
        alive.extend((fate(&world.desk, row.id).await.unwrap() != Fate::Gone).then_some(row.id));
    }
    alive
}

/// How many parcels lie in the database.
pub(super) async fn stored(world: &World) -> u64 {
    parcels::Entity::find().count(world.db.content().read()).await.unwrap()
}

/// Files a report with these files.
pub(super) async fn filed_with(world: &World, files: Vec<Stowed>) -> (Uuid, plainsight_vault::Root) {
    let report = normal();
    let sending = Sending { files, ..Sending::of_form(&FormKey::new(&world.public), &report).unwrap() };
    let pool = world.pool();
    let (ready, root) = world.ready();
    pool.put(ready);
    file(&world.public, &world.intake().await, &report, &sending, &pool).await.unwrap();
    (world.locate(&root).await.unwrap(), root)
}

#[tokio::test]
async fn a_file_is_stored_sealed_and_opens_with_the_folder_it_was_sent_to() {
    on_both(|world| async move {
        let bytes = picture();
        let stowed = stow(&world.public, "IMG_2209 car wash.jpg", &bytes).await;
        let layout = Layout::of(stowed.size).unwrap();
        assert_eq!(hash(&world.public, stowed.id, &stowed.key, layout).await.unwrap(), stowed.hash);
        assert!(waits(&world.public, stowed.id).await.unwrap());
        let (contact, _) = filed_with(&world, vec![stowed.clone()]).await;
        assert!(!waits(&world.public, stowed.id).await.unwrap());

        let opened = open(&world.desk, &world.ana, contact).await.unwrap();
        let paper = opened.papers.iter().find_map(|(id, _, paper)| match paper {
            Paper::File(file) => Some((*id, file)),
            _ => None,
        });
        let (id, paper) = paper.expect("the paper of the file");
        assert_eq!((id, paper.from, paper.name.as_str()), (stowed.id, From::Reporter, "IMG_2209 car wash.jpg"));
        assert_eq!((paper.size, paper.hash), (bytes.len() as u64, stowed.hash));

        let held = hold(&world.desk, &world.ana, contact).await.unwrap();
        let row = files::find(world.db.content().read(), world.organisation, id).await.unwrap().unwrap();
        let place = world.desk.paper_envelope(Kind::FileKey, contact, id);
        let key = FileKey::from_bytes(&envelope::open(&row.key, &place, &held.key).unwrap()).unwrap();
        assert!(whole(&world.desk, id, &key, paper.size).await == bytes, "another file came back");
        // What lies on the disk is a class of sizes, and none of the bytes.
        let padded: usize = (0..layout.parcels()).map(|number| layout.length(number)).sum();
        let mut long = 0;
        for number in 0..layout.parcels() {
            let number = i32::try_from(number).unwrap();
            let sealed = parcels::find(world.db.content().read(), world.organisation, id, number).await.unwrap().unwrap().sealed;
            long += sealed.len() - plainsight_vault::column::OVERHEAD;
            assert!(!sealed.windows(32).any(|window| window == &bytes[..32]));
        }
        assert_eq!(long, padded);
    })
    .await;
}

#[tokio::test]
async fn a_parcel_that_comes_twice_is_one_and_what_is_missing_is_known() {
    on_both(|world| async move {
        // All of the world, or its database would be gone at once.
        let world = &world;
        let bytes = picture();
        let layout = Layout::of(bytes.len() as u64).unwrap();
        let (id, key) = begin(&world.public).await.unwrap();
        let piece = |number: usize| bytes.chunks(PARCEL).nth(number).unwrap();
        for number in [2, 0, 0, 2] {
            put_parcel(&world.public, id, &key, layout, number, piece(number as usize)).await.unwrap();
        }
        assert_eq!(there(&world.public, id, layout).await.unwrap(), [0, 2]);
        assert!(matches!(hash(&world.public, id, &key, layout).await, Err(Trouble::FileGone)), "a file with a hole passed for a file");
        put_parcel(&world.public, id, &key, layout, 1, piece(1)).await.unwrap();
        assert!(whole(&world.public, id, &key, layout.size()).await == bytes);
        // A parcel of the wrong length, and one that the file does not have.
        assert!(put_parcel(&world.public, id, &key, layout, 1, b"short").await.is_err());
        assert!(put_parcel(&world.public, id, &key, layout, 3, piece(2)).await.is_err());
        assert!(whole(&world.public, id, &key, layout.size()).await == bytes);
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_is_not_changed_any_more() {
    on_both(|world| async move {
        let bytes = picture();
        let stowed = stow(&world.public, "a.jpg", &bytes).await;
        filed_with(&world, vec![stowed.clone()]).await;
        let layout = Layout::of(stowed.size).unwrap();
        let again = put_parcel(&world.public, stowed.id, &stowed.key, layout, 0, &vec![0; PARCEL]).await;
        assert!(matches!(again, Err(Trouble::FileGone)));
        take_back(&world.public, stowed.id).await.unwrap();
        sweep_files(&world.desk).await.unwrap();
        assert!(whole(&world.public, stowed.id, &stowed.key, stowed.size).await == bytes);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_nobody_sends_dies_after_a_day_and_one_that_was_sent_does_not() {
    on_both(|world| async move {
        let (sent, left, back) =
            (stow(&world.public, "a", b"sent").await, stow(&world.public, "b", b"left").await, stow(&world.public, "c", b"back").await);
        filed_with(&world, vec![sent.clone()]).await;
        take_back(&world.public, back.id).await.unwrap();
        sweep_files(&world.desk).await.unwrap();
        assert_eq!((parcels_of(&world, left.id).await, parcels_of(&world, back.id).await), (1, 0));
        world.clock.advance(WAITS + Duration::seconds(1));
        assert!(!waits(&world.public, left.id).await.unwrap());
        sweep_files(&world.desk).await.unwrap();
        assert_eq!((parcels_of(&world, left.id).await, parcels_of(&world, sent.id).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn nothing_and_more_than_the_largest_file_are_refused() {
    on_both(|world| async move {
        // All of the world, or its database would be gone at once.
        let world = &world;
        let (id, key) = begin(&world.public).await.unwrap();
        assert!(matches!(Stowing::new(&world.public, id, key).finish().await, Err(Trouble::FileEmpty)));
        let (id, key) = begin(&world.public).await.unwrap();
        let mut stowing = Stowing::new(&world.public, id, key);
        let piece = vec![7; 1 << 20];
        // The size is known before anything is stored: no need to store all of it here.
        for _ in 0..2 {
            stowing.push(&piece).await.unwrap();
        }
        let rest = vec![7; usize::try_from(LARGEST).unwrap()];
        assert!(matches!(stowing.push(&rest).await, Err(Trouble::FileTooLarge)));
    })
    .await;
}

#[tokio::test]
async fn files_come_with_a_later_word_once_and_go_with_what_is_withdrawn() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let stowed = stow(&world.public, "letter.pdf", b"a letter").await;
        let form = FormKey::new(&world.public);
        for _ in 0..2 {
            let added = Added { files: vec![stowed.clone()], ..Added::default() };
            let due = |at, urgency| super::world::settings().due(at, urgency);
            come_back::write(&world.public, &world.pepper(), &filed.root, form.clone(), added, due).await.unwrap();
        }
        let opened = open(&world.desk, &world.ana, filed.contact).await.unwrap();
        let named: Vec<&Uuid> = opened
            .papers
            .iter()
            .flat_map(|(_, _, paper)| match paper {
                Paper::Message(message) => message.files.iter().collect(),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(named, [&stowed.id], "sent twice, stored once");
        assert!(opened.header.flags.read);
        withdraw::withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap();
        sweep_files(&world.desk).await.unwrap();
        // Read before: the report is kept as it was. Erased: nothing of the file is left.
        crate::acts::keep::erase(&world.desk, &world.sue, filed.contact, crate::acts::keep::WhyErased::Asked).await.unwrap();
        sweep_files(&world.desk).await.unwrap();
        assert_eq!(parcels_of(&world, stowed.id).await, 0);
        assert!(files::find(world.db.content().read(), world.organisation, stowed.id).await.unwrap().is_none());
    })
    .await;
}
