//! The migrations of all rooms in one order.

use plainsight_store::Migration;

/// Ground, crossings, zones.
pub(crate) fn migrations() -> Vec<Migration> {
    [plainsight_store::migrations(), plainsight_ledger::migrations(), plainsight_people::migrations(), plainsight_helpline::migrations()]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use plainsight_testkit::on_both;

    /// keys.md: every column declares one class, and nothing that is not there has one.
    #[tokio::test]
    async fn every_column_of_every_room_has_a_class() {
        let declared =
            [plainsight_store::tables(), plainsight_ledger::tables(), plainsight_people::tables(), plainsight_helpline::tables()].concat();
        on_both(super::migrations(), |db| {
            let declared = declared.clone();
            async move { assert_eq!(db.check_classes(&declared).await.unwrap(), []) }
        })
        .await;
    }
}
