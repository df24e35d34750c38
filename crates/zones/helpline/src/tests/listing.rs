//! My list: the right order, the right rows, and never one too few.

use plainsight_store::{Holder, OpenOptions, Store, StoreError, work};
use time::Duration;
use uuid::Uuid;

use super::referring::call;
use super::world::{Filed, MINUTE, World, danger, mark_safe, normal, on_both, refer};
use crate::acts::answer::reply;
use crate::acts::close::close;
use crate::acts::file::file_under;
use crate::acts::hands::take;
use crate::acts::withdraw::withdraw;
use crate::cabinet::Cabinet;
use crate::form::FormKey;
use crate::header::Header;
use crate::index::{Eyes, Filter, Index};
use crate::records::changes;
use crate::report::{Path, Report};
use crate::search::library::View;

static NOTHING_READ: std::sync::LazyLock<View> = std::sync::LazyLock::new(View::default);
static ENGLISH: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| vec!["en".to_owned()]);

/// Ana's, with the key of the team.
fn eyes(world: &World) -> Eyes<'_> {
    Eyes {
        member: world.ana.member.id,
        teams: std::slice::from_ref(&world.team),
        speaks: &ENGLISH,
        now: world.now(),
        view: &NOTHING_READ,
        language: None,
        whose: None,
    }
}

async fn listed(world: &World, index: &Index, filter: Filter) -> Vec<Uuid> {
    index.catch_up(&world.desk).await.unwrap();
    index.list(&eyes(world), &[filter], 0, 100).rows.into_iter().map(|(id, _)| id).collect()
}

fn ids(filed: &[&Filed]) -> Vec<Uuid> {
    filed.iter().map(|filed| filed.contact).collect()
}

#[tokio::test]
async fn danger_stands_first_then_what_is_due_soonest_and_last_what_asks_for_nothing() {
    on_both(|world| async move {
        let index = Index::new();
        let early = world.file(&normal()).await;
        world.clock.advance(MINUTE);
        let late = world.file(&normal()).await;
        let me = world.file(&Report { path: Path::Me, ..normal() }).await;
        world.clock.advance(MINUTE);
        let danger_late = world.file(&danger()).await;
        let gone = world.file(&normal()).await;
        withdraw(&world.public, &world.pepper(), &gone.root).await.unwrap();
        assert_eq!(listed(&world, &index, Filter::All).await, ids(&[&danger_late, &me, &early, &late, &gone]));
        assert_eq!(listed(&world, &index, Filter::Open).await, ids(&[&danger_late, &me, &early, &late]));
        // Answered, it waits for its feedback and stands behind what is not read yet.
        world.open(&world.ana, me.contact).await.unwrap();
        reply(&world.desk, &world.ana, me.contact, "we are here".into(), false).await.unwrap();
        mark_safe(&world.desk, &world.ana, danger_late.contact, "met".into()).await.unwrap();
        let order = listed(&world, &index, Filter::Open).await;
        assert_eq!(order[..3], ids(&[&danger_late, &early, &late])[..], "a danger that is dealt with is still to be read");
        assert_eq!(order.last(), Some(&me.contact));
        assert_eq!(index.danger(&[world.team]), 0);
    })
    .await;
}

#[tokio::test]
async fn each_filter_takes_what_it_says_and_the_counts_agree() {
    on_both(|world| async move {
        let index = Index::new();
        let (one, two, three) = (world.file(&normal()).await, world.file(&danger()).await, world.file(&normal()).await);
        let (four, five) = (world.file(&normal()).await, world.file(&normal()).await);
        let six = world.file(&normal()).await;
        let seven = world.file(&Report { path: Path::Me, language: "en".to_owned(), ..normal() }).await;
        take(&world.desk, &world.ana, six.contact).await.unwrap();
        world.open(&world.ana, one.contact).await.unwrap();
        reply(&world.desk, &world.ana, one.contact, "which street?".into(), true).await.unwrap();
        refer(&world.desk, &world.ana, two.contact, call(&world)).await.unwrap();
        world.open(&world.ana, two.contact).await.unwrap();
        world.open(&world.ana, four.contact).await.unwrap();
        withdraw(&world.public, &world.pepper(), &four.root).await.unwrap();
        world.open(&world.ana, five.contact).await.unwrap();
        close(&world.desk, &world.ana, five.contact, "done".into()).await.unwrap();
        for text in ["more", "and more"] {
            world.adds(&three.root, &FormKey::new(&world.public), text, None).await.unwrap();
        }
        world.open(&world.ana, three.contact).await.unwrap();
        // A minute later: two that are due at one moment stand in the order of their random ids.
        world.clock.advance(MINUTE);
        world.adds(&three.root, &FormKey::new(&world.public), "still more", None).await.unwrap();
        world.clock.advance(Duration::hours(5));
        let mut nothing_due = ids(&[&four, &five]);
        nothing_due.sort();
        let expected = [
            (Filter::Open, ids(&[&two, &seven, &three, &six, &one])),
            (Filter::Mine, ids(&[&six])),
            (Filter::Danger, ids(&[&two])),
            (Filter::Unattended, Vec::new()),
            (Filter::Child, Vec::new()),
            (Filter::Soon, ids(&[&seven])),
            (Filter::New, ids(&[&seven, &six])),
            (Filter::Hour, ids(&[])),
            (Filter::DueSoon, ids(&[])),
            (Filter::Overdue, ids(&[&seven, &three, &six])),
            (Filter::ToRead, ids(&[&seven, &three, &six])),
            (Filter::ToAnswer, Vec::new()),
            (Filter::ToTell, ids(&[&one])),
            (Filter::Nobodys, ids(&[&two, &seven, &three, &one])),
            (Filter::Theirs, Vec::new()),
            (Filter::Spoken, ids(&[&two, &seven, &three, &six, &one])),
            (Filter::Unfinished, ids(&[])),
            (Filter::Waiting, ids(&[&one])),
            (Filter::ReviewDue, ids(&[&two])),
            (Filter::Supervisor, ids(&[&three])),
            (Filter::Complaint, Vec::new()),
            (Filter::Held, Vec::new()),
            (Filter::Withdrawn, ids(&[&four])),
            (Filter::Closed, ids(&[&five])),
            (Filter::All, [ids(&[&two, &seven, &three, &six, &one]), nothing_due].concat()),
        ];
        for (filter, wanted) in &expected {
            assert_eq!(&listed(&world, &index, *filter).await, wanted, "{filter:?}");
        }
        let counts = index.list(&eyes(&world), &[Filter::Open], 0, 1).counts;
        assert_eq!(counts, expected.map(|(_, wanted)| wanted.len()));
        assert_eq!(index.danger(&[world.team]), 1);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    on_both(|world| async move {
        for _ in 0..7 {
            world.file(&normal()).await;
        }
        let index = Index::new();
        let all = listed(&world, &index, Filter::All).await;
        let page = |skip| index.list(&eyes(&world), &[Filter::All], skip, 3);
        let pages: Vec<Uuid> = [0, 3, 6].into_iter().flat_map(|skip| page(skip).rows).map(|(id, _)| id).collect();
        assert_eq!(pages, all);
        assert_eq!((page(0).found, page(6).rows.len(), page(usize::MAX).rows.len()), (7, 1, 0));
    })
    .await;
}

/// Only the teams whose key the member holds: neither rows nor numbers of others.
#[tokio::test]
async fn a_member_sees_the_rows_and_the_numbers_of_their_own_teams_only() {
    on_both(|world| async move {
        let ours = world.file(&danger()).await;
        let (ola, _) = world.elsewhere(&danger()).await;
        let index = Index::new();
        assert_eq!(listed(&world, &index, Filter::All).await, ids(&[&ours]));
        let theirs: Vec<Uuid> = ola.unlocked.held_teams().collect();
        let listed = index.list(&Eyes { teams: &theirs, ..eyes(&world) }, &[Filter::All], 0, 10);
        assert_eq!((listed.found, listed.counts[0]), (1, 1));
        assert!(listed.rows[0].0 != ours.contact);
        assert_eq!((index.danger(&theirs), index.danger(&[])), (1, 0));
        assert_eq!(index.list(&Eyes { teams: &[], ..eyes(&world) }, &[Filter::All], 0, 10).counts, [0; Filter::ALL.len()]);
    })
    .await;
}

#[tokio::test]
async fn the_list_learns_what_another_process_wrote() {
    on_both(|world| async move {
        let index = Index::new();
        assert!(listed(&world, &index, Filter::All).await.is_empty());
        let elsewhere = Store::open(world.db.address(), OpenOptions::default()).await.unwrap();
        let other = Cabinet::open(
            &elsewhere,
            world.organisation,
            (Holder::Public, &world.public_key),
            world.clock.clone(),
            world.entropy.clone(),
            world.desk.tombstones.clone(),
        )
        .await
        .unwrap();
        let (ready, root) = world.ready();
        file_under(&other, &world.intake().await, &normal(), &FormKey::new(&other), ready).await.unwrap();
        let contact = world.locate(&root).await.unwrap();
        assert_eq!(listed(&world, &index, Filter::New).await, [contact]);
        world.open(&world.ana, contact).await.unwrap();
        assert!(listed(&world, &index, Filter::New).await.is_empty());
        withdraw(&other, &world.pepper(), &root).await.unwrap();
        assert_eq!(listed(&world, &index, Filter::Withdrawn).await, [contact]);
        elsewhere.close().await;
    })
    .await;
}

/// A change of a number below the newest may become visible after it (two transactions on PostgreSQL that overlap).
#[tokio::test]
async fn a_change_that_becomes_visible_out_of_order_is_not_missed() {
    on_both(|world| async move {
        let (one, two) = (world.file(&normal()).await, world.file(&normal()).await);
        let index = Index::new();
        assert_eq!(listed(&world, &index, Filter::New).await.len(), 2);
        // Both are read; the change of the first is hidden until that of the second has been seen.
        world.open(&world.ana, one.contact).await.unwrap();
        let held = changes::newest(world.db.content().read()).await.unwrap().unwrap();
        world.run("DELETE FROM helpline_changes WHERE number = (SELECT max(number) FROM helpline_changes)").await;
        let gap = held.clone();
        world.open(&world.ana, two.contact).await.unwrap();
        // SQLite gives the freed number again: move the second change on, as PostgreSQL would have numbered it.
        if changes::newest(world.db.content().read()).await.unwrap().unwrap().number == held.number {
            world.run("UPDATE helpline_changes SET number = number + 1 WHERE number = (SELECT max(number) FROM helpline_changes)").await;
        }
        assert_eq!(listed(&world, &index, Filter::New).await, [one.contact], "the first is not known yet");
        let put = gap.clone();
        world
            .db
            .content()
            .tx(
                "test.appears",
                work!([put], |tx| {
                    use sea_orm::{ActiveModelTrait, IntoActiveModel};
                    put.into_active_model().reset_all().insert(tx).await?;
                    Ok::<_, StoreError>(())
                }),
            )
            .await
            .unwrap();
        assert!(listed(&world, &index, Filter::New).await.is_empty());
    })
    .await;
}

/// A report that comes in while the list is read for the first time must not fall between the two.
#[tokio::test]
async fn reports_that_come_in_during_the_first_reading_are_not_missed() {
    on_both(|world| async move {
        let index = Index::new();
        let report = danger();
        let filings = futures_util::future::join_all((0..12).map(|_| world.file(&report)));
        let reading = async {
            for _ in 0..6 {
                index.catch_up(&world.desk).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let (filed, ()) = futures_util::future::join(filings, reading).await;
        let mut expected: Vec<Uuid> = filed.iter().map(|filed| filed.contact).collect();
        expected.sort();
        let mut all = listed(&world, &index, Filter::Danger).await;
        all.sort();
        assert_eq!(all, expected);
    })
    .await;
}

/// After a long pause the changes that were missed have been swept: everything is read anew.
#[tokio::test]
async fn a_list_that_fell_far_behind_reads_everything_anew() {
    on_both(|world| async move {
        let index = Index::new();
        assert!(listed(&world, &index, Filter::All).await.is_empty());
        let (one, two) = (world.file(&normal()).await, world.file(&normal()).await);
        world.run("DELETE FROM helpline_changes WHERE number = (SELECT min(number) FROM helpline_changes)").await;
        let mut all = listed(&world, &index, Filter::All).await;
        all.sort();
        let mut expected = ids(&[&one, &two]);
        expected.sort();
        assert_eq!(all, expected);
    })
    .await;
}

#[tokio::test]
async fn a_row_moves_when_its_due_time_changes_and_stands_only_once() {
    on_both(|world| async move {
        let index = Index::new();
        let filed = world.file(&danger()).await;
        for _ in 0..3 {
            let rows = listed(&world, &index, Filter::All).await;
            assert_eq!(rows, [filed.contact]);
            world.open(&world.ana, filed.contact).await.unwrap();
            world.clock.advance(Duration::HOUR);
            reply(&world.desk, &world.ana, filed.contact, "hello".into(), false).await.unwrap();
        }
        let rows: Vec<Header> = index.list(&eyes(&world), &[Filter::All], 0, 10).rows.into_iter().map(|(_, header)| header).collect();
        assert_eq!(rows.len(), 1);
    })
    .await;
}
