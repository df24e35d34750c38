//! Files are fetched at an origin of their own, on tickets, by those who hold the key of their folder at that moment.

use axum::Extension;
use axum::http::{HeaderMap, StatusCode};
use plainsight_pages::{DeskSite, Locales};
use plainsight_people::SignedIn;
use plainsight_people::acts::team::grant_team;
use plainsight_store::{StoreError, work};
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::cleaning::{PHOTO, done, engine, opened};
use super::files::{alive, filed_with, stow};
use super::world::{World, again, member, normal, on_both, on_sqlite, settings};
use crate::attached::Stowed;
use crate::records::parcels;
use crate::screens::desk::Desk;
use crate::ticket::{GOOD_FOR, Purpose, Ticket, Tickets};

const SOUND: &[u8] = include_bytes!("../../../../../data/media/sound.wav");
const DOCUMENT: &[u8] = include_bytes!("../../../../../data/media/document.pdf");

/// A desk with a place for files, and the origin of its files.
pub(super) struct Both {
    desk: Desk,
    face: DeskSite,
}

impl Both {
    pub(super) fn new(world: &World) -> Self {
        let face = DeskSite::new(Locales::load(None).unwrap(), "Invented Helpline", false).with_files("http://files.test").unwrap();
        let zone = "Europe/London";
        let desk = Desk::new(world.desk.clone(), face.clone(), world.people.clone(), zone, settings(), world.desk_key.signing_key());
        Self { desk: desk.with_files(engine().1, "http://files.test"), face }
    }

    pub(super) fn desk(&self, who: &SignedIn) -> Browser {
        Browser::new(plainsight_pages::desk_face(self.face.clone(), crate::desk(self.desk.clone())).layer(Extension(who.clone())))
    }

    /// The pages before which the password is asked for again, with one that was typed just now.
    pub(super) fn fresh(&self, who: &SignedIn) -> Browser {
        let pages = crate::desk_with_fresh_password(self.desk.clone());
        Browser::new(plainsight_pages::desk_face(self.face.clone(), pages).layer(Extension(who.clone())))
    }

    pub(super) fn origin(&self) -> Browser {
        Browser::new(crate::files(self.desk.clone()))
    }

    pub(super) fn cleaner(&self) -> &crate::acts::clean::Cleaner {
        &self.desk.files.as_ref().unwrap().cleaner
    }

    /// A report with this file, cleaned.
    pub(super) async fn cleaned(&self, world: &World, bytes: &[u8]) -> (Uuid, Stowed) {
        let stowed = stow(&world.public, "their own name.bin", bytes).await;
        let (contact, _) = filed_with(world, vec![stowed.clone()]).await;
        opened(world, &world.ana, self.cleaner(), contact, stowed.id).await;
        (contact, stowed)
    }

    /// The address at the origin to which the desk leads for this.
    async fn address(&self, who: &SignedIn, contact: Uuid, file: Uuid, act: &str) -> String {
        let page = self.desk(who).get(&format!("/helpline/files/{contact}/{file}/{act}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{act}");
        page.location().strip_prefix("http://files.test").unwrap().to_owned()
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn is_nothing(page: &Page) {
    assert_eq!((page.status, page.html.as_str()), (StatusCode::NOT_FOUND, "There is nothing here.\n"));
    assert_eq!(header(&page.headers, "cache-control"), "no-store");
}

#[tokio::test]
async fn a_cleaned_photograph_is_looked_at_and_saved_from_the_file_origin() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, PHOTO).await;
        let acts = world.acts().await.len();
        let look = both.address(&world.ana, contact, stowed.id, "small").await;
        let save = both.address(&world.ana, contact, stowed.id, "save").await;
        assert_eq!(world.acts().await.len(), acts, "who only has an address has seen nothing");
        let seen = both.origin().get(&look).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(!seen.html.contains("CANARYzq7"));
        let headers = [
            ("content-type", "image/jpeg"),
            ("content-disposition", "inline"),
            ("content-security-policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-site"),
            ("accept-ranges", "bytes"),
            ("set-cookie", ""),
        ];
        for (name, value) in headers {
            assert_eq!(header(&seen.headers, name), value, "{name}");
        }
        assert_eq!(header(&seen.headers, "content-length"), seen.size.to_string());
        let saved = both.origin().get(&save).await;
        let named = format!("attachment; filename=\"{}.jpg\"", crate::reference::file_reference(stowed.id));
        assert_eq!((header(&saved.headers, "content-disposition"), saved.size), (named.as_str(), seen.size));
        let acts = world.acts().await;
        assert_eq!(acts[acts.len() - 2..], ["contact.file_looked_at", "contact.file_saved"]);
        // Fetched on, it is the same look.
        both.origin().get(&look).await;
        assert_eq!(world.acts().await.len(), acts.len());
    })
    .await;
}

/// What a browser would run or open by itself is given to be kept, whatever it was asked for.
#[tokio::test]
async fn a_document_is_never_shown_by_the_browser() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, DOCUMENT).await;
        for act in ["small", "save"] {
            let page = both.origin().get(&both.address(&world.ana, contact, stowed.id, act).await).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(header(&page.headers, "content-disposition").starts_with("attachment"), "{act}");
        }
        let page = both.desk(&world.ana).get(&format!("/helpline/files/{contact}/{}/look", stowed.id)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.html.contains("http://files.test"));
    })
    .await;
}

#[tokio::test]
async fn sound_is_played_from_where_somebody_points_at() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, SOUND).await;
        let page = both.desk(&world.ana).get(&format!("/helpline/files/{contact}/{}/look", stowed.id)).await;
        assert_eq!(page.status, StatusCode::OK);
        let look = page.html.split("http://files.test").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let whole = both.origin().get(&look).await;
        let size = whole.size;
        let part = async |range: &str| both.origin().header("range", range).get(&look).await;
        let middle = part("bytes=100-299").await;
        assert_eq!((middle.status, middle.size), (StatusCode::PARTIAL_CONTENT, 200));
        assert_eq!(header(&middle.headers, "content-range"), format!("bytes 100-299/{size}"));
        let end = part("bytes=-5").await;
        assert_eq!((end.size, header(&end.headers, "content-range")), (5, format!("bytes {}-{}/{size}", size - 5, size - 1).as_str()));
        let outside = part(&format!("bytes={size}-")).await;
        assert_eq!(
            (outside.status, header(&outside.headers, "content-range")),
            (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{size}").as_str())
        );
        assert_eq!(part("bytes=0-1,5-6").await.size, size);
        // What is kept is kept whole.
        let save = both.address(&world.ana, contact, stowed.id, "save").await;
        assert_eq!(both.origin().header("range", "bytes=0-9").get(&save).await.size, size);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_leads_nowhere_tells_nothing() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, PHOTO).await;
        let look = both.address(&world.ana, contact, stowed.id, "small").await;
        for odd in ["/", "/f/", "/f/00", "/f/00000000000000000000000000000000", "/f/zz", "/helpline", "/sign-in"] {
            is_nothing(&both.origin().get(odd).await);
        }
        is_nothing(&both.origin().post(&look, &[]).await);
        world.clock.advance(GOOD_FOR);
        is_nothing(&both.origin().get(&look).await);
        // Drawn anew it is good, until the folder is gone.
        let look = both.address(&world.ana, contact, stowed.id, "small").await;
        assert_eq!(both.origin().get(&look).await.status, StatusCode::OK);
        crate::acts::keep::erase(&world.desk, &world.sue, contact, crate::acts::keep::WhyErased::Asked).await.unwrap();
        is_nothing(&both.origin().get(&look).await);
        let acts = world.acts().await;
        assert_eq!(acts.iter().filter(|act| *act == "contact.file_looked_at").count(), 1);
    })
    .await;
}

/// Whoever took an address away has nothing of it once its owner locked the desk.
#[tokio::test]
async fn a_ticket_dies_with_the_lock() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, PHOTO).await;
        let session = member(&world.people, "eva", &["helpline:adviser"]).await;
        grant_team(&world.people, &world.sue.unlocked, world.team, session.member.id).await.unwrap();
        let session = again(&world.people, &session).await;
        let look = both.address(&session, contact, stowed.id, "small").await;
        assert_eq!(both.origin().get(&look).await.status, StatusCode::OK);
        drop(session);
        is_nothing(&both.origin().get(&look).await);
    })
    .await;
}

/// A member of another team is told nothing: neither that there is a file nor what became of it.
#[tokio::test]
async fn who_holds_no_key_gets_the_page_of_what_does_not_exist() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, PHOTO).await;
        let (ola, elsewhere) = world.elsewhere(&normal()).await;
        let stranger = member(&world.people, "rob", &["people:administrator"]).await;
        let nobody = Uuid::from_u128(7);
        for who in [&ola, &world.new, &stranger] {
            let desk = both.desk(who);
            for act in ["look", "small", "save"] {
                let theirs = desk.get(&format!("/helpline/files/{contact}/{}/{act}", stowed.id)).await;
                let none = desk.get(&format!("/helpline/files/{nobody}/{nobody}/{act}")).await;
                assert_eq!(theirs.status, StatusCode::NOT_FOUND);
                assert_eq!(theirs.html, none.html);
            }
            let again = desk.post(&format!("/helpline/files/{contact}/{}/clean", stowed.id), &[]).await;
            assert_eq!(again.status, StatusCode::NOT_FOUND);
        }
        // Under another folder, which they do hold, it is no file either.
        let crossed = both.desk(&ola).get(&format!("/helpline/files/{elsewhere}/{}/save", stowed.id)).await;
        assert_eq!(crossed.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_damaged_parcel_is_said_and_not_given_out() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (contact, stowed) = both.cleaned(&world, PHOTO).await;
        let look = both.address(&world.ana, contact, stowed.id, "small").await;
        let organisation = world.organisation;
        let all = alive(&world).await;
        let copy = all.into_iter().find(|file| *file != stowed.id).unwrap();
        let mut row = parcels::find(world.db.content().read(), organisation, copy, 0).await.unwrap().unwrap();
        row.sealed[40] ^= 1;
        world.db.content().tx("test.damage", work!([row], |tx| parcels::put(tx, row).await.map_err(StoreError::from))).await.unwrap();
        let page = both.origin().get(&look).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.html.contains("damaged") && page.size < 200);
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_contact_shows_what_became_of_its_files_and_not_what_they_were_called() {
    on_both(|world| async move {
        let both = Both::new(&world);
        let (photo, page) = (stow(&world.public, "Anna Smith home.jpg", PHOTO).await, stow(&world.public, "a.html", b"<html>").await);
        let (contact, _) = filed_with(&world, vec![photo.clone(), page.clone()]).await;
        let address = format!("/helpline/contacts/{contact}");
        let before = both.desk(&world.ana).get(&address).await;
        before.check_decent();
        assert!(before.text().contains("It is being made safe to look at"), "{}", before.text());
        for file in [photo.id, page.id] {
            done(both.cleaner(), file).await;
        }
        let after = both.desk(&world.ana).get(&address).await;
        after.check_decent();
        let text = after.text();
        for said in ["Photograph (JPEG)", "Where it was made", "There is no cleaned copy.", "It can run or fetch something"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(
            !after.html.contains("Anna Smith") && !after.html.contains("http://files.test"),
            "an address is drawn when it is asked for"
        );
        assert!(
            header(&after.headers, "content-security-policy").contains("img-src 'self' http://files.test; media-src http://files.test;")
        );
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_good_for_five_minutes_and_a_look_for_as_long_after_each_piece() {
    on_sqlite(|world| async move {
        let (tickets, mut rng) = (Tickets::default(), world.entropy.rng());
        let ticket = |purpose| Ticket::new(&world.ana.unlocked, (Uuid::from_u128(2), Uuid::from_u128(3)), Uuid::from_u128(4), purpose);
        let now = world.now();
        let (save, look) = (tickets.draw(ticket(Purpose::Save), now, &mut rng), tickets.draw(ticket(Purpose::Look), now, &mut rng));
        assert_ne!(save, look);
        let later = now + Duration::minutes(4);
        for token in [&save, &look] {
            assert!(tickets.show(token, later).unwrap().first);
            tickets.used(token, later);
            assert!(!tickets.show(token, later).unwrap().first);
        }
        let over = now + GOOD_FOR;
        assert!(tickets.show(&save, over).is_none());
        assert!(tickets.show(&look, over).is_some());
        assert!(tickets.show(&look, later + GOOD_FOR).is_none());
        assert!(tickets.show(&look, later).is_none(), "what died once is dead");
        let once = tickets.draw(ticket(Purpose::Original), now, &mut rng);
        for wrong in ["", "00", &once[..30], &once.to_uppercase().replace(char::is_numeric, "A"), &format!("{once}00"), "ü"] {
            assert!(tickets.show(wrong, now).is_none(), "{wrong}");
            assert!(!tickets.spend(wrong));
        }
        assert!(tickets.spend(&once) && !tickets.spend(&once));
        assert!(tickets.show(&once, now).is_none());
    })
    .await;
}
