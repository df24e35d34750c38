//! The tables of teams and of their epochs.

/// Teams: a zone, a sealed name, and whether a new epoch is due.
pub(crate) mod team {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "teams")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub zone: String,
        /// Sealed name.
        pub name: Vec<u8>,
        /// Somebody left without a holder at hand: the next unlocked holder makes a new epoch.
        pub rotation_due: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Epochs of a team key: the public half in clear, the way back to the epoch before, sealed to this one.
pub(crate) mod epoch {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team_epochs")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub team: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub epoch: i32,
        pub public_key: Vec<u8>,
        /// Keyed hash: only the desk can have put this public key here.
        pub proof: Vec<u8>,
        /// Sealed moment of making (8 bytes, seconds since 1970).
        pub made_at: Vec<u8>,
        /// The secret key of the epoch before, in an envelope to this epoch. None in the first.
        pub previous: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, sea_query::Expr};

pub(crate) async fn find(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<Option<team::Model>, DbErr> {
    team::Entity::find_by_id((organisation, team)).one(db).await
}

pub(crate) async fn all(db: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<team::Model>, DbErr> {
    team::Entity::find().filter(team::Column::Organisation.eq(organisation)).order_by_asc(team::Column::Id).all(db).await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, row: team::Model) -> Result<(), DbErr> {
    team::Entity::insert(team::ActiveModel {
        organisation: Set(row.organisation),
        id: Set(row.id),
        zone: Set(row.zone),
        name: Set(row.name),
        rotation_due: Set(row.rotation_due),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

pub(crate) async fn set_rotation_due(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid, due: bool) -> Result<(), DbErr> {
    team::Entity::update_many()
        .col_expr(team::Column::RotationDue, Expr::value(due))
        .filter(team::Column::Organisation.eq(organisation))
        .filter(team::Column::Id.eq(team))
        .exec(db)
        .await?;
    Ok(())
}

pub(crate) async fn epochs(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<Vec<epoch::Model>, DbErr> {
    epoch::Entity::find()
        .filter(epoch::Column::Organisation.eq(organisation))
        .filter(epoch::Column::Team.eq(team))
        .order_by_desc(epoch::Column::Epoch)
        .all(db)
        .await
}

pub(crate) async fn newest_epoch(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<Option<epoch::Model>, DbErr> {
    epoch::Entity::find()
        .filter(epoch::Column::Organisation.eq(organisation))
        .filter(epoch::Column::Team.eq(team))
        .order_by_desc(epoch::Column::Epoch)
        .one(db)
        .await
}

pub(crate) async fn insert_epoch(db: &impl ConnectionTrait, row: epoch::Model) -> Result<(), DbErr> {
    epoch::Entity::insert(epoch::ActiveModel {
        organisation: Set(row.organisation),
        team: Set(row.team),
        epoch: Set(row.epoch),
        public_key: Set(row.public_key),
        proof: Set(row.proof),
        made_at: Set(row.made_at),
        previous: Set(row.previous),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}
