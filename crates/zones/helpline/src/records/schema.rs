//! Tables, their migrations and the class of every column.

use plainsight_store::{Class, Migration, TableClasses, Which, keyed_table};
use sea_orm::sea_query::{ColumnDef, Index, Table};
use sea_orm::{DbBackend, Statement, StatementBuilder};

use super::{changes, contacts, files, filings, handed, keystore, papers, parcels, senders, settings, views};

pub(crate) fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "helpline/0001_contacts", database: Which::Content, up: contacts_up },
        Migration { name: "helpline/0002_contact_keys", database: Which::Keystore, up: keys_up },
        Migration { name: "helpline/0003_views", database: Which::Content, up: views_up },
        Migration { name: "helpline/0004_senders", database: Which::Content, up: senders_up },
        Migration { name: "helpline/0005_settings", database: Which::Content, up: settings_up },
        Migration { name: "helpline/0006_files", database: Which::Content, up: files_up },
    ]
}

pub(crate) fn tables() -> &'static [TableClasses] {
    use Class::{Clear, People, Service};
    &[
        TableClasses {
            table: "helpline_contacts",
            columns: &[
                ("organisation", Clear),
                ("id", Clear),
                ("header", Service),
                ("locate", Service),
                ("mailbox_key", Clear),
                ("contact_key", Clear),
                ("epoch", Clear),
                ("report", People),
            ],
        },
        TableClasses {
            table: "helpline_papers",
            columns: &[("organisation", Clear), ("contact", Clear), ("id", Clear), ("kind", Clear), ("at", Service), ("sealed", People)],
        },
        TableClasses {
            table: "helpline_filings",
            columns: &[("organisation", Clear), ("form", Service), ("receipt", Service), ("until", Service)],
        },
        TableClasses { table: "helpline_views", columns: &[("organisation", Clear), ("member", Clear), ("id", Clear), ("sealed", People)] },
        TableClasses { table: "helpline_senders", columns: &[("organisation", Clear), ("id", Clear), ("sealed", Service)] },
        TableClasses {
            table: "helpline_settings",
            columns: &[("organisation", Clear), ("number", Clear), ("id", Clear), ("sealed", Service)],
        },
        TableClasses { table: "helpline_proposals", columns: &[("organisation", Clear), ("id", Clear), ("sealed", Service)] },
        TableClasses {
            table: "helpline_files",
            columns: &[("organisation", Clear), ("id", Clear), ("contact", Clear), ("until", Service), ("key", People)],
        },
        TableClasses {
            table: "helpline_parcels",
            columns: &[("organisation", Clear), ("file", Clear), ("number", Clear), ("sealed", People)],
        },
        TableClasses { table: "helpline_handed", columns: &[("organisation", Clear), ("contact", Clear), ("sealed", Service)] },
        TableClasses { table: "helpline_changes", columns: &[("number", Clear), ("organisation", Clear), ("contact", Clear)] },
        TableClasses {
            table: "helpline_contact_keys",
            columns: &[("organisation", Clear), ("contact", Clear), ("team", Clear), ("epoch", Clear), ("wrapped", People)],
        },
    ]
}

fn contacts_up(backend: DbBackend) -> Vec<Statement> {
    use contacts::Column as C;
    use filings::Column as F;
    use papers::Column as P;
    let contacts = Table::create()
        .table(contacts::Entity)
        .col(ColumnDef::new(C::Organisation).uuid().not_null())
        .col(ColumnDef::new(C::Id).uuid().not_null())
        .col(ColumnDef::new(C::Header).blob().not_null())
        .col(ColumnDef::new(C::Locate).blob())
        .col(ColumnDef::new(C::MailboxKey).blob().not_null())
        .col(ColumnDef::new(C::ContactKey).blob().not_null())
        .col(ColumnDef::new(C::Epoch).integer().not_null())
        .col(ColumnDef::new(C::Report).blob().not_null())
        .primary_key(Index::create().col(C::Organisation).col(C::Id))
        .to_owned();
    let papers = Table::create()
        .table(papers::Entity)
        .col(ColumnDef::new(P::Organisation).uuid().not_null())
        .col(ColumnDef::new(P::Contact).uuid().not_null())
        .col(ColumnDef::new(P::Id).uuid().not_null())
        .col(ColumnDef::new(P::Kind).string().not_null())
        .col(ColumnDef::new(P::At).blob().not_null())
        .col(ColumnDef::new(P::Sealed).blob().not_null())
        .primary_key(Index::create().col(P::Organisation).col(P::Contact).col(P::Id))
        .to_owned();
    let filings = Table::create()
        .table(filings::Entity)
        .col(ColumnDef::new(F::Organisation).uuid().not_null())
        .col(ColumnDef::new(F::Form).blob().not_null())
        .col(ColumnDef::new(F::Receipt).blob().not_null())
        .col(ColumnDef::new(F::Until).blob().not_null())
        .primary_key(Index::create().col(F::Organisation).col(F::Form))
        .to_owned();
    let changes = Table::create()
        .table(changes::Entity)
        .col(ColumnDef::new(changes::Column::Number).big_integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new(changes::Column::Organisation).uuid().not_null())
        .col(ColumnDef::new(changes::Column::Contact).uuid().not_null())
        .to_owned();
    let locate =
        Index::create().unique().name("helpline_contacts_locate").table(contacts::Entity).col(C::Organisation).col(C::Locate).to_owned();
    let mut statements: Vec<Statement> =
        [contacts, papers, filings].into_iter().map(|mut table| keyed_table(backend, &mut table)).collect();
    statements.push(StatementBuilder::build(&changes, &backend));
    statements.push(StatementBuilder::build(&locate, &backend));
    statements
}

fn views_up(backend: DbBackend) -> Vec<Statement> {
    use views::Column as V;
    let mut views = Table::create()
        .table(views::Entity)
        .col(ColumnDef::new(V::Organisation).uuid().not_null())
        .col(ColumnDef::new(V::Member).uuid().not_null())
        .col(ColumnDef::new(V::Id).uuid().not_null())
        .col(ColumnDef::new(V::Sealed).blob().not_null())
        .primary_key(Index::create().col(V::Organisation).col(V::Member).col(V::Id))
        .to_owned();
    vec![keyed_table(backend, &mut views)]
}

fn senders_up(backend: DbBackend) -> Vec<Statement> {
    use handed::Column as H;
    use senders::Column as S;
    let senders = Table::create()
        .table(senders::Entity)
        .col(ColumnDef::new(S::Organisation).uuid().not_null())
        .col(ColumnDef::new(S::Id).uuid().not_null())
        .col(ColumnDef::new(S::Sealed).blob().not_null())
        .primary_key(Index::create().col(S::Organisation).col(S::Id))
        .to_owned();
    let handed = Table::create()
        .table(handed::Entity)
        .col(ColumnDef::new(H::Organisation).uuid().not_null())
        .col(ColumnDef::new(H::Contact).uuid().not_null())
        .col(ColumnDef::new(H::Sealed).blob().not_null())
        .primary_key(Index::create().col(H::Organisation).col(H::Contact))
        .to_owned();
    [senders, handed].into_iter().map(|mut table| keyed_table(backend, &mut table)).collect()
}

fn settings_up(backend: DbBackend) -> Vec<Statement> {
    use settings::Column as S;
    use settings::proposals::{self, Column as P};
    let versions = Table::create()
        .table(settings::Entity)
        .col(ColumnDef::new(S::Organisation).uuid().not_null())
        .col(ColumnDef::new(S::Number).big_integer().not_null())
        .col(ColumnDef::new(S::Id).uuid().not_null())
        .col(ColumnDef::new(S::Sealed).blob().not_null())
        .primary_key(Index::create().col(S::Organisation).col(S::Number))
        .to_owned();
    let proposals = Table::create()
        .table(proposals::Entity)
        .col(ColumnDef::new(P::Organisation).uuid().not_null())
        .col(ColumnDef::new(P::Id).uuid().not_null())
        .col(ColumnDef::new(P::Sealed).blob().not_null())
        .primary_key(Index::create().col(P::Organisation).col(P::Id))
        .to_owned();
    [versions, proposals].into_iter().map(|mut table| keyed_table(backend, &mut table)).collect()
}

fn files_up(backend: DbBackend) -> Vec<Statement> {
    use files::Column as F;
    use parcels::Column as P;
    let files = Table::create()
        .table(files::Entity)
        .col(ColumnDef::new(F::Organisation).uuid().not_null())
        .col(ColumnDef::new(F::Id).uuid().not_null())
        .col(ColumnDef::new(F::Contact).uuid())
        .col(ColumnDef::new(F::Until).blob().not_null())
        .col(ColumnDef::new(F::Key).blob().not_null())
        .primary_key(Index::create().col(F::Organisation).col(F::Id))
        .to_owned();
    let parcels = Table::create()
        .table(parcels::Entity)
        .col(ColumnDef::new(P::Organisation).uuid().not_null())
        .col(ColumnDef::new(P::File).uuid().not_null())
        .col(ColumnDef::new(P::Number).integer().not_null())
        .col(ColumnDef::new(P::Sealed).blob().not_null())
        .primary_key(Index::create().col(P::Organisation).col(P::File).col(P::Number))
        .to_owned();
    let of_contact = Index::create().name("helpline_files_contact").table(files::Entity).col(F::Organisation).col(F::Contact).to_owned();
    let mut statements: Vec<Statement> = [files, parcels].into_iter().map(|mut table| keyed_table(backend, &mut table)).collect();
    statements.push(StatementBuilder::build(&of_contact, &backend));
    statements
}

fn keys_up(backend: DbBackend) -> Vec<Statement> {
    use keystore::Column as K;
    let mut keys = Table::create()
        .table(keystore::Entity)
        .col(ColumnDef::new(K::Organisation).uuid().not_null())
        .col(ColumnDef::new(K::Contact).uuid().not_null())
        .col(ColumnDef::new(K::Team).uuid().not_null())
        .col(ColumnDef::new(K::Epoch).integer().not_null())
        .col(ColumnDef::new(K::Wrapped).blob().not_null())
        .primary_key(Index::create().col(K::Organisation).col(K::Contact).col(K::Team))
        .to_owned();
    vec![keyed_table(backend, &mut keys)]
}
