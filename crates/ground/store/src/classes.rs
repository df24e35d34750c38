//! Each column has a class (`docs/store.md`); a test of the binary compares what rooms declare with what the databases hold.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::error::StoreError;
use crate::store::Store;

/// Who can open what a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// P: opens only with a team key that an unlocked member brought into memory.
    People,
    /// S: opens with a service key that the running process holds.
    Service,
    /// C: random ids, references, key epochs, states and numbers that tell nothing about a person.
    Clear,
}

/// The classes of one table's columns.
#[derive(Clone, Copy, Debug)]
pub struct TableClasses {
    /// The table's name.
    pub table: &'static str,
    /// Every column with its class.
    pub columns: &'static [(&'static str, Class)],
}

/// A column whose declaration and database disagree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ClassFault {
    /// The database has a column that no room declares.
    #[error("{table}.{column} is in the database and no room declares its class")]
    Undeclared {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A room declares a column that the database does not have.
    #[error("{table}.{column} is declared and not in the database")]
    Vanished {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Two rooms declare the same column.
    #[error("{table}.{column} is declared twice")]
    Twice {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
}

/// Every (table, column) of the database, sorted.
///
/// # Errors
/// When the database does not answer.
pub async fn schema_columns(read: &impl ConnectionTrait) -> Result<Vec<(String, String)>, StoreError> {
    let backend = read.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema() ORDER BY 1, 2"
        }
        _ => {
            "SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) p \
             WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1, 2"
        }
    };
    let mut columns = Vec::new();
    for row in read.query_all_raw(Statement::from_string(backend, sql)).await? {
        columns.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    }
    Ok(columns)
}

impl Store {
    /// Compares the declared classes with the columns of both databases; an empty list means that they agree.
    ///
    /// # Errors
    /// When a database does not answer.
    pub async fn check_classes(&self, tables: &[TableClasses]) -> Result<Vec<ClassFault>, StoreError> {
        let mut there = BTreeSet::new();
        for (_, database) in self.both() {
            there.extend(schema_columns(database.read()).await?);
        }
        Ok(compare(&there, tables))
    }
}

fn compare(there: &BTreeSet<(String, String)>, tables: &[TableClasses]) -> Vec<ClassFault> {
    let mut faults = BTreeSet::new();
    let mut declared = BTreeSet::new();
    for table in tables {
        for (column, _) in table.columns {
            let (table, column) = (table.table.to_owned(), (*column).to_owned());
            if !declared.insert((table.clone(), column.clone())) {
                faults.insert(ClassFault::Twice { table, column });
            }
        }
    }
    let undeclared = there.difference(&declared).cloned().map(|(table, column)| ClassFault::Undeclared { table, column });
    let vanished = declared.difference(there).cloned().map(|(table, column)| ClassFault::Vanished { table, column });
    faults.extend(undeclared.chain(vanished));
    faults.into_iter().collect()
}
