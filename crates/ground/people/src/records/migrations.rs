//! How the tables are made, and the class of every column (keys.md).

use plainsight_store::{Class, Migration, TableClasses, Which};
use sea_orm::sea_query::{Alias, ColumnDef, Index, Table, TableCreateStatement};
use sea_orm::{DbBackend, Statement};

/// The migrations of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "people/0001_members_teams_sessions_rota", database: Which::Content, up: first },
        Migration { name: "people/0002_absences", database: Which::Content, up: second },
        Migration { name: "people/0003_passkeys", database: Which::Content, up: third },
        Migration { name: "people/0004_recovery", database: Which::Content, up: recovery },
    ]
}

/// Every table of this room with the class of each column.
#[must_use]
pub fn tables() -> &'static [TableClasses] {
    TABLES
}

use Class::{Clear, People, Service};

const TABLES: &[TableClasses] = &[
    TableClasses { table: "organisations", columns: &[("organisation", Clear), ("name", Clear)] },
    TableClasses {
        table: "members",
        columns: &[
            ("organisation", Clear),
            ("id", Clear),
            ("name_blind", Service),
            ("email_blind", Service),
            ("profile", Service),
            ("roles", Service),
            ("code_secret", Service),
            ("code_used", Service),
            ("pager", Service),
            ("public_key", Clear),
            ("verifying_key", Clear),
            ("keys_proof", Service),
            ("wrapped", People),
            ("generation", Clear),
            ("closed", Clear),
        ],
    },
    TableClasses {
        table: "teams",
        columns: &[("organisation", Clear), ("id", Clear), ("zone", Clear), ("name", Service), ("rotation_due", Clear)],
    },
    TableClasses {
        table: "team_epochs",
        columns: &[
            ("organisation", Clear),
            ("team", Clear),
            ("epoch", Clear),
            ("public_key", Clear),
            ("proof", Service),
            ("made_at", Service),
            ("previous", People),
        ],
    },
    TableClasses {
        table: "grants",
        columns: &[
            ("organisation", Clear),
            ("team", Clear),
            ("member", Clear),
            ("epoch", Clear),
            ("id", Clear),
            ("granted_by", Clear),
            ("granter_key", Clear),
            ("proof", Service),
            ("sealed", People),
        ],
    },
    TableClasses {
        table: "sessions",
        columns: &[("organisation", Clear), ("key", Clear), ("member", Clear), ("ends", Clear), ("data", Service)],
    },
    TableClasses {
        table: "sign_in_failures",
        columns: &[("organisation", Clear), ("bucket", Clear), ("failures", Clear), ("last", Clear)],
    },
    TableClasses { table: "rota", columns: &[("organisation", Clear), ("id", Clear), ("team", Clear), ("slot", Service)] },
    TableClasses { table: "rota_absences", columns: &[("organisation", Clear), ("id", Clear), ("absence", Service)] },
    TableClasses {
        table: "passkeys",
        columns: &[("organisation", Clear), ("id", Clear), ("member", Clear), ("credential", Service), ("used", Service)],
    },
    TableClasses {
        table: "recovery_keys",
        columns: &[
            ("organisation", Clear),
            ("zone", Clear),
            ("number", Clear),
            ("public_key", Clear),
            ("need", Clear),
            ("shares", Clear),
            ("made_by", Clear),
            ("maker_key", Clear),
            ("made_at", Service),
            ("used", Clear),
            ("proof", Service),
        ],
    },
    TableClasses {
        table: "recovery_shares",
        columns: &[
            ("organisation", Clear),
            ("zone", Clear),
            ("officer", Clear),
            ("number", Clear),
            ("position", Clear),
            ("commitment", Clear),
            ("tried_at", Service),
            ("proof", Service),
            ("sealed", People),
        ],
    },
    TableClasses {
        table: "recovery_teams",
        columns: &[("organisation", Clear), ("team", Clear), ("epoch", Clear), ("number", Clear), ("proof", Service), ("sealed", People)],
    },
    TableClasses {
        table: "recovery_requests",
        columns: &[
            ("organisation", Clear),
            ("id", Clear),
            ("zone", Clear),
            ("number", Clear),
            ("asked_by", Clear),
            ("target", Clear),
            ("target_key", Clear),
            ("about", Service),
            ("open", Clear),
            ("proof", Service),
        ],
    },
    TableClasses {
        table: "recovery_answers",
        columns: &[("organisation", Clear), ("request", Clear), ("officer", Clear), ("proof", Service), ("sealed", People)],
    },
];

#[derive(Clone, Copy)]
enum Kind {
    Id,
    Text,
    Bytes,
    BytesOrNull,
    Integer,
    BigInteger,
    Flag,
}

/// A table whose first `keys` columns are its primary key.
fn table(backend: DbBackend, name: &'static str, columns: &[(&'static str, Kind)], keys: usize) -> TableCreateStatement {
    let mut create = Table::create();
    create.table(Alias::new(name));
    for (column, kind) in columns {
        let mut def = ColumnDef::new(Alias::new(*column));
        match kind {
            Kind::Id => def.uuid().not_null(),
            Kind::Text => def.text().not_null(),
            Kind::Bytes => def.blob().not_null(),
            Kind::BytesOrNull => def.blob(),
            Kind::Integer => def.integer().not_null(),
            Kind::BigInteger => def.big_integer().not_null(),
            Kind::Flag => def.boolean().not_null(),
        };
        create.col(&mut def);
    }
    let mut key = Index::create();
    for (column, _) in columns.iter().take(keys) {
        key.col(Alias::new(*column));
    }
    create.primary_key(&mut key);
    if backend == DbBackend::Sqlite {
        // A row id would tell in which order rows arrived.
        create.extra("WITHOUT ROWID");
    }
    create
}

fn index(name: &'static str, on: &'static str, columns: &[&'static str], unique: bool) -> sea_orm::sea_query::IndexCreateStatement {
    let mut create = Index::create();
    create.name(name).table(Alias::new(on));
    for column in columns {
        create.col(Alias::new(*column));
    }
    if unique {
        create.unique();
    }
    create
}

fn first(backend: DbBackend) -> Vec<Statement> {
    use Kind::{BigInteger, Bytes, BytesOrNull, Flag, Id, Integer, Text};
    let tables = [
        table(backend, "organisations", &[("organisation", Id), ("name", Text)], 1),
        table(
            backend,
            "members",
            &[
                ("organisation", Id),
                ("id", Id),
                ("name_blind", Bytes),
                ("email_blind", Bytes),
                ("profile", Bytes),
                ("roles", Bytes),
                ("code_secret", Bytes),
                ("code_used", BytesOrNull),
                ("pager", BytesOrNull),
                ("public_key", Bytes),
                ("verifying_key", Bytes),
                ("keys_proof", Bytes),
                ("wrapped", Bytes),
                ("generation", Integer),
                ("closed", Flag),
            ],
            2,
        ),
        table(backend, "teams", &[("organisation", Id), ("id", Id), ("zone", Text), ("name", Bytes), ("rotation_due", Flag)], 2),
        table(
            backend,
            "team_epochs",
            &[
                ("organisation", Id),
                ("team", Id),
                ("epoch", Integer),
                ("public_key", Bytes),
                ("proof", Bytes),
                ("made_at", Bytes),
                ("previous", BytesOrNull),
            ],
            3,
        ),
        table(
            backend,
            "grants",
            &[
                ("organisation", Id),
                ("team", Id),
                ("member", Id),
                ("epoch", Integer),
                ("id", Id),
                ("granted_by", Id),
                ("granter_key", Bytes),
                ("proof", Bytes),
                ("sealed", Bytes),
            ],
            3,
        ),
        table(backend, "sessions", &[("organisation", Id), ("key", Bytes), ("member", Id), ("ends", BigInteger), ("data", Bytes)], 2),
        table(backend, "sign_in_failures", &[("organisation", Id), ("bucket", Integer), ("failures", Integer), ("last", BigInteger)], 2),
        table(backend, "rota", &[("organisation", Id), ("id", Id), ("team", Id), ("slot", Bytes)], 2),
    ];
    let indexes = [
        index("members_by_name", "members", &["organisation", "name_blind"], true),
        index("members_by_email", "members", &["organisation", "email_blind"], true),
        index("grants_by_member", "grants", &["organisation", "member"], false),
        index("sessions_by_member", "sessions", &["organisation", "member"], false),
        index("sessions_by_end", "sessions", &["organisation", "ends"], false),
        index("rota_by_team", "rota", &["organisation", "team"], false),
    ];
    tables.iter().map(|create| backend.build(create)).chain(indexes.iter().map(|create| backend.build(create))).collect()
}

fn second(backend: DbBackend) -> Vec<Statement> {
    use Kind::{Bytes, Id};
    vec![backend.build(&table(backend, "rota_absences", &[("organisation", Id), ("id", Id), ("absence", Bytes)], 2))]
}

fn third(backend: DbBackend) -> Vec<Statement> {
    use Kind::{Bytes, Id};
    let columns = [("organisation", Id), ("id", Id), ("member", Id), ("credential", Bytes), ("used", Bytes)];
    vec![
        backend.build(&table(backend, "passkeys", &columns, 2)),
        backend.build(&index("passkeys_by_member", "passkeys", &["organisation", "member"], false)),
    ]
}

fn recovery(backend: DbBackend) -> Vec<Statement> {
    use Kind::{Bytes, BytesOrNull, Flag, Id, Integer, Text};
    let tables = [
        table(
            backend,
            "recovery_keys",
            &[
                ("organisation", Id),
                ("zone", Text),
                ("number", Integer),
                ("public_key", Bytes),
                ("need", Integer),
                ("shares", Integer),
                ("made_by", Id),
                ("maker_key", Bytes),
                ("made_at", Bytes),
                ("used", Flag),
                ("proof", Bytes),
            ],
            2,
        ),
        table(
            backend,
            "recovery_shares",
            &[
                ("organisation", Id),
                ("zone", Text),
                ("officer", Id),
                ("number", Integer),
                ("position", Integer),
                ("commitment", Bytes),
                ("tried_at", BytesOrNull),
                ("proof", Bytes),
                ("sealed", Bytes),
            ],
            3,
        ),
        table(
            backend,
            "recovery_teams",
            &[("organisation", Id), ("team", Id), ("epoch", Integer), ("number", Integer), ("proof", Bytes), ("sealed", Bytes)],
            2,
        ),
        table(
            backend,
            "recovery_requests",
            &[
                ("organisation", Id),
                ("id", Id),
                ("zone", Text),
                ("number", Integer),
                ("asked_by", Id),
                ("target", Id),
                ("target_key", Bytes),
                ("about", Bytes),
                ("open", Flag),
                ("proof", Bytes),
            ],
            2,
        ),
        table(
            backend,
            "recovery_answers",
            &[("organisation", Id), ("request", Id), ("officer", Id), ("proof", Bytes), ("sealed", Bytes)],
            3,
        ),
    ];
    tables.iter().map(|create| backend.build(create)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::collections::BTreeSet;

    use sea_orm::{EntityTrait, Iden as _, Iterable as _};

    use super::tables;
    use crate::records::{absences, attempts, grants, members, organisations, passkeys, recovery, rota, sessions, teams};

    fn check<E: EntityTrait>(entity: E) -> &'static str {
        let declared = tables()
            .iter()
            .find(|table| table.table == entity.table_name())
            .unwrap_or_else(|| panic!("{} declares no classes", entity.table_name()));
        let declared_columns: BTreeSet<String> = declared.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let columns: BTreeSet<String> = E::Column::iter().map(|column| column.to_string()).collect();
        assert_eq!(columns, declared_columns, "{}", declared.table);
        declared.table
    }

    /// Every column declares its class, and no class is declared for a column that is not there.
    #[test]
    fn every_column_has_a_class() {
        let checked = BTreeSet::from([
            check(organisations::Entity),
            check(members::Entity),
            check(teams::team::Entity),
            check(teams::epoch::Entity),
            check(grants::Entity),
            check(sessions::Entity),
            check(attempts::Entity),
            check(rota::Entity),
            check(absences::Entity),
            check(passkeys::Entity),
            check(recovery::key::Entity),
            check(recovery::share::Entity),
            check(recovery::cover::Entity),
            check(recovery::request::Entity),
            check(recovery::answer::Entity),
        ]);
        let declared: BTreeSet<&str> = tables().iter().map(|table| table.table).collect();
        assert_eq!(checked, declared);
    }
}
