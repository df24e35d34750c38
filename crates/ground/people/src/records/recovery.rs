//! The tables of recovery: the key of a zone, the officers' shares, the teams it covers, and requests with who agreed.

/// The recovery key of a zone: one row, replaced by the next.
pub(crate) mod key {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_keys")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub zone: String,
        pub number: i32,
        pub public_key: Vec<u8>,
        pub need: i32,
        /// How many shares were made.
        pub shares: i32,
        pub made_by: Uuid,
        /// The maker's verifying key at that time; kept here because a reset gives them a new one.
        pub maker_key: Vec<u8>,
        /// Sealed moment of making (8 bytes, seconds since 1970).
        pub made_at: Vec<u8>,
        /// It was brought together: whoever did it could open what it covered.
        pub used: bool,
        /// Keyed hash over all of the above but the moment: only the desk can have written this row.
        pub proof: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One officer's share.
pub(crate) mod share {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_shares")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub zone: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub officer: Uuid,
        pub number: i32,
        pub position: i32,
        /// Hash of the share: a drill tells the right one by it.
        pub commitment: Vec<u8>,
        /// Sealed moment when the officer last showed that it opens.
        pub tried_at: Option<Vec<u8>>,
        /// Keyed hash over what the share is, who made it and the officer's public key: only the desk can have written this
        /// row, and only for the keys that the officer has now.
        pub proof: Vec<u8>,
        /// The share, signed by the maker, sealed to the officer.
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The newest key of a team, sealed to the recovery key. Older epochs follow from it, as they do from a grant.
pub(crate) mod cover {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_teams")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub team: Uuid,
        pub epoch: i32,
        pub number: i32,
        /// Keyed hash over all of the above, the recovery key and what is sealed: only the desk can have written this row.
        pub proof: Vec<u8>,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A request to give a member the keys of some teams.
pub(crate) mod request {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_requests")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub zone: String,
        pub number: i32,
        pub asked_by: Uuid,
        pub target: Uuid,
        /// Hash of the member's public key when it was asked: a reset in between ends the request.
        pub target_key: Vec<u8>,
        /// Sealed JSON: teams, reason, when it was asked, when everybody was told.
        pub about: Vec<u8>,
        /// Neither stopped nor finished.
        pub open: bool,
        /// Keyed hash over all of the above: only the desk can have written this row.
        pub proof: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An officer's agreement to a request.
pub(crate) mod answer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_answers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub request: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub officer: Uuid,
        /// Keyed hash over request, officer, the officer's verifying key and what is sealed.
        pub proof: Vec<u8>,
        /// The officer's share, signed by them and sealed to the member; around it a service column, so that the member
        /// alone, with a copy of the database, cannot go before the delay is over.
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel as _, QueryOrder as _};

pub(crate) async fn find_key(db: &impl ConnectionTrait, organisation: Uuid, zone: &str) -> Result<Option<key::Model>, DbErr> {
    key::Entity::find_by_id((organisation, zone.to_owned())).one(db).await
}

pub(crate) async fn put_key(db: &impl ConnectionTrait, row: key::Model) -> Result<(), DbErr> {
    key::Entity::delete_by_id((row.organisation, row.zone.clone())).exec(db).await?;
    key::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn shares(db: &impl ConnectionTrait, organisation: Uuid, zone: &str) -> Result<Vec<share::Model>, DbErr> {
    share::Entity::find()
        .filter(share::Column::Organisation.eq(organisation))
        .filter(share::Column::Zone.eq(zone))
        .order_by_asc(share::Column::Position)
        .all(db)
        .await
}

pub(crate) async fn put_share(db: &impl ConnectionTrait, row: share::Model) -> Result<(), DbErr> {
    share::Entity::delete_by_id((row.organisation, row.zone.clone(), row.officer)).exec(db).await?;
    share::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn delete_shares(db: &impl ConnectionTrait, organisation: Uuid, zone: &str) -> Result<(), DbErr> {
    share::Entity::delete_many().filter(share::Column::Organisation.eq(organisation)).filter(share::Column::Zone.eq(zone)).exec(db).await?;
    Ok(())
}

pub(crate) async fn find_cover(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<Option<cover::Model>, DbErr> {
    cover::Entity::find_by_id((organisation, team)).one(db).await
}

pub(crate) async fn put_cover(db: &impl ConnectionTrait, row: cover::Model) -> Result<(), DbErr> {
    delete_cover(db, row.organisation, row.team).await?;
    cover::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn delete_cover(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<(), DbErr> {
    cover::Entity::delete_by_id((organisation, team)).exec(db).await?;
    Ok(())
}

pub(crate) async fn find_request(db: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<Option<request::Model>, DbErr> {
    request::Entity::find_by_id((organisation, id)).one(db).await
}

pub(crate) async fn open_requests(db: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<request::Model>, DbErr> {
    request::Entity::find()
        .filter(request::Column::Organisation.eq(organisation))
        .filter(request::Column::Open.eq(true))
        .order_by_asc(request::Column::Id)
        .all(db)
        .await
}

pub(crate) async fn put_request(db: &impl ConnectionTrait, row: request::Model) -> Result<(), DbErr> {
    request::Entity::delete_by_id((row.organisation, row.id)).exec(db).await?;
    request::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn answers(db: &impl ConnectionTrait, organisation: Uuid, request: Uuid) -> Result<Vec<answer::Model>, DbErr> {
    answer::Entity::find()
        .filter(answer::Column::Organisation.eq(organisation))
        .filter(answer::Column::Request.eq(request))
        .order_by_asc(answer::Column::Officer)
        .all(db)
        .await
}

pub(crate) async fn put_answer(db: &impl ConnectionTrait, row: answer::Model) -> Result<(), DbErr> {
    answer::Entity::delete_by_id((row.organisation, row.request, row.officer)).exec(db).await?;
    answer::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn delete_answers(db: &impl ConnectionTrait, organisation: Uuid, request: Uuid) -> Result<(), DbErr> {
    answer::Entity::delete_many()
        .filter(answer::Column::Organisation.eq(organisation))
        .filter(answer::Column::Request.eq(request))
        .exec(db)
        .await?;
    Ok(())
}
