//! Grants that carry the desk's proof, as somebody could write them who has the desk's key file and the database. Without the
//! team's key they open nothing: the proof is not what keeps the secret.

use plainsight_vault::keys::{SecretKey, SigningKey, Team};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sea_orm::Value;
use uuid::Uuid;

use super::world::{Person, World, on_both};
use crate::acts::sign_in::member_public_key;
use crate::grant::{GrantPlace, seal_grant};
use crate::records::{grants, members};
use crate::{ActError, People};

/// Writes a grant of `key` to `to`, with a right proof.
async fn write(people: &People, team: Uuid, to: Uuid, by: Uuid, named: &SigningKey, signed: &SigningKey, key: &SecretKey<Team>) {
    let row = members::find(people.read(), people.organisation(), to).await.unwrap().unwrap();
    let place = GrantPlace {
        organisation: people.organisation(),
        zone: "helpline",
        team,
        member: to,
        epoch: 1,
        id: Uuid::from_u128(5),
        granted_by: by,
    };
    let granter_key = named.verifying_key().to_bytes().to_vec();
    let grant = grants::Model {
        organisation: place.organisation,
        team,
        member: to,
        epoch: 1,
        id: place.id,
        granted_by: by,
        proof: people.blind("people.grant", &place.proven_bytes(&granter_key, &row.public_key)).to_vec(),
        sealed: seal_grant(&place, key, &member_public_key(people, &row).unwrap(), signed, &mut people.rng()).unwrap(),
        granter_key,
    };
    people
        .store()
        .content()
        .tx("test.grant", move |tx| {
            let grant = grant.clone();
            Box::pin(async move { Ok::<(), ActError>(grants::put(tx, grant).await?) })
        })
        .await
        .unwrap();
}

async fn holds(world: &World, person: &Person, team: Uuid) -> bool {
    world.unlocked(person).await.newest(team).is_some()
}

#[tokio::test]
async fn who_does_not_know_the_team_key_cannot_grant_it() {
    on_both(|world| async move {
        let (ana, mal) = (world.adviser("ana").await, world.adviser("mal").await);
        let team = world.team(&ana).await;
        let (of_ana, of_mal) = (world.unlocked(&ana).await, world.unlocked(&mal).await);
        let real = of_ana.newest(team).unwrap().1;
        let invented = SecretKey::<Team>::generate(&mut StdRng::seed_from_u64(1));
        // Signed by Mal in Mal's own name, in Ana's name, and with Ana's key named: the key is not the team's.
        for (by, named) in [(mal.id, &of_mal.signing), (ana.id, &of_mal.signing), (ana.id, &of_ana.signing)] {
            write(&world.people, team, mal.id, by, named, &of_mal.signing, &invented).await;
            assert!(!holds(&world, &mal, team).await);
        }
        // Even the right key is refused when it was not signed by the holder whom the row names.
        write(&world.people, team, mal.id, ana.id, &of_ana.signing, &of_mal.signing, real).await;
        assert!(!holds(&world, &mal, team).await);
        write(&world.people, team, mal.id, ana.id, &of_ana.signing, &of_ana.signing, real).await;
        assert!(holds(&world, &mal, team).await, "the forgery is otherwise a grant");
        let of_mal: [(&str, Value); 2] = [("team", team.into()), ("member", mal.id.into())];
        world.overwrite("grants", "granted_by", mal.id, &of_mal).await;
        assert!(!holds(&world, &mal, team).await, "the granter is part of what is proven");
    })
    .await;
}
