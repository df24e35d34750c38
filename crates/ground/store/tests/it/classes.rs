//! Every column has a class, and nothing else has one.

use plainsight_store::{Class, ClassFault, TableClasses, tables};
use plainsight_testkit::on_both;

#[tokio::test]
async fn the_store_declares_exactly_its_columns() {
    on_both(plainsight_store::migrations(), |db| async move {
        assert_eq!(db.check_classes(tables()).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_column_that_is_undeclared_vanished_or_declared_twice_is_found() {
    on_both(plainsight_store::migrations(), |db| async move {
        let mut declared: Vec<TableClasses> = tables().iter().filter(|table| table.table != "site_values").copied().collect();
        declared.push(TableClasses {
            table: "site_values",
            columns: &[("organisation", Class::Clear), ("name", Class::Clear), ("colour", Class::Clear)],
        });
        declared.push(TableClasses { table: "jobs", columns: &[("payload", Class::Clear)] });
        let table = || "site_values".to_owned();
        assert_eq!(
            db.check_classes(&declared).await.unwrap(),
            [
                ClassFault::Undeclared { table: table(), column: "value".to_owned() },
                ClassFault::Vanished { table: table(), column: "colour".to_owned() },
                ClassFault::Twice { table: "jobs".to_owned(), column: "payload".to_owned() },
            ]
        );
    })
    .await;
}
