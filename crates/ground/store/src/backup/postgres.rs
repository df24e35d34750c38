//! PostgreSQL: the rows of every table of both schemas, from one `REPEATABLE READ` transaction, without any program of
//! PostgreSQL's: `pg_dump` refuses a server that is newer than itself, and need not be installed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use futures_util::TryStreamExt as _;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};

use super::file::{Hashed, Hashing};
use super::manifest::{Copied, Kind};
use super::rows::{END, FIRST, Heading, Line, Reader};
use super::sqlite::compare;
use super::{BackupError, Progress, Source, check_part};
use crate::database::Side;
use crate::error::classify_sqlx;
use crate::migrate::{Migration, TABLE, Which};
use crate::postgres::PostgresPools;
use crate::store::{Address, OpenOptions, Store};

/// So many bytes of rows are sent at once.
const PIECE: usize = 1 << 18;

pub(super) fn wrong(error: sea_orm::sqlx::Error) -> BackupError {
    BackupError::Store(classify_sqlx(&error))
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<(), BackupError> {
    connection.execute(AssertSqlSafe(sql)).await.map(drop).map_err(wrong)
}

/// A connection of the copying's own: what breaks in the middle of a `COPY` must not go back to the pool.
async fn connection(pools: &PostgresPools) -> Result<PgConnection, BackupError> {
    Ok(pools.write.get_postgres_connection_pool().acquire().await.map_err(wrong)?.detach())
}

async fn numbers(connection: &mut PgConnection, sql: String) -> Result<u64, BackupError> {
    let row = connection.fetch_one(AssertSqlSafe(sql)).await.map_err(wrong)?;
    let number: i64 = row.try_get(0).map_err(wrong)?;
    Ok(number.unsigned_abs())
}

/// The tables of a schema with their columns; that of the migrations is left out, for restoring writes it anew.
async fn headings(connection: &mut PgConnection, schema: &str) -> Result<Vec<Heading>, BackupError> {
    let sql = format!(
        "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = '{schema}' AND c.relkind IN ('r', 'p') AND a.attnum > 0 \
         AND NOT a.attisdropped AND c.relname <> '{TABLE}' ORDER BY c.relname COLLATE \"C\", a.attnum"
    );
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in connection.fetch_all(AssertSqlSafe(sql)).await.map_err(wrong)? {
        tables.entry(row.try_get(0).map_err(wrong)?).or_default().push(row.try_get(1).map_err(wrong)?);
    }
    Ok(tables.into_iter().map(|(table, columns)| Heading { table, columns }).collect())
}

pub(super) async fn copy_out(
    pools: &PostgresPools,
    [content, keystore]: [&str; 2],
    folder: &Path,
    progress: Progress<'_>,
) -> Result<(Copied, Copied), BackupError> {
    let mut connection = connection(pools).await?;
    run(&mut connection, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY".to_owned()).await?;
    let content = copy_schema(&mut connection, content, folder, Which::Content, progress).await?;
    let keystore = copy_schema(&mut connection, keystore, folder, Which::Keystore, progress).await?;
    run(&mut connection, "COMMIT".to_owned()).await?;
    let _ = connection.close().await;
    Ok((content, keystore))
}

async fn copy_schema(
    connection: &mut PgConnection,
    schema: &str,
    folder: &Path,
    which: Which,
    progress: Progress<'_>,
) -> Result<Copied, BackupError> {
    let applied = format!("SELECT name FROM \"{schema}\".{TABLE} ORDER BY name COLLATE \"C\"");
    let applied = connection.fetch_all(AssertSqlSafe(applied)).await.map_err(wrong)?;
    let applied = applied.iter().map(|row| row.try_get(0).map_err(wrong)).collect::<Result<Vec<String>, _>>()?;
    let mut rows = Vec::new();
    for heading in headings(connection, schema).await? {
        let count = numbers(connection, format!("SELECT count(*) FROM \"{schema}\".\"{}\"", heading.table)).await?;
        rows.push((heading, count));
    }
    let total: u64 = rows.iter().map(|(_, count)| count).sum();

    let path = folder.join(Kind::Postgres.file(which));
    let failed = BackupError::file(&path);
    let mut file = Hashed::create(&path).map_err(&failed)?;
    file.write(format!("{FIRST}\n").as_bytes()).map_err(&failed)?;
    let mut done = 0;
    for (heading, _) in &rows {
        file.write(format!("{}\n", heading.to_line()).as_bytes()).map_err(&failed)?;
        let statement = heading.copy_out(schema);
        let mut pieces = connection.copy_out_raw(&statement).await.map_err(wrong)?;
        // The server sends a message a row.
        while let Some(piece) = pieces.try_next().await.map_err(wrong)? {
            file.write(&piece).map_err(&failed)?;
            done += 1;
            progress(which, done, total);
        }
        file.write(format!("{END}\n").as_bytes()).map_err(&failed)?;
    }
    let part = file.end().map_err(failed)?;
    let rows = rows.into_iter().map(|(heading, count)| (heading.table, count)).collect();
    Ok(Copied { part, schema: applied, rows })
}

pub(super) async fn check(path: &Path, copied: &Copied) -> Result<(), BackupError> {
    let mut reader = Reader::new(path, BufReader::new(File::open(path).map_err(BackupError::file(path))?))?;
    let mut rows: Vec<(String, u64)> = Vec::new();
    while let Some(line) = reader.next()? {
        match line {
            Line::Heading(heading) => rows.push((heading.table, 0)),
            Line::Row(_) => rows.last_mut().into_iter().for_each(|(_, count)| *count += 1),
            Line::End => {}
        }
    }
    compare(path, &rows, &copied.rows)
}

/// Puts both schemas back beside the ones that are served, with the migrations that they had when they were copied.
pub(super) async fn copy_in(
    place: &Address,
    options: OpenOptions,
    (content, keystore): (Source<'_>, Source<'_>),
    migrations: &[Migration],
    progress: Progress<'_>,
) -> Result<Store, BackupError> {
    let store = Store::open(place, options).await?;
    let were: Vec<Migration> = migrations
        .iter()
        .filter(|migration| {
            let source = if migration.database == Which::Content { content } else { keystore };
            source.manifest.copied(migration.database).schema.iter().any(|name| name == migration.name)
        })
        .copied()
        .collect();
    store.migrate(&were).await?;
    for (which, database, source) in [(Which::Content, store.content(), content), (Which::Keystore, store.keystore(), keystore)] {
        let Side::Postgres(pools) = &*database.side else { unreachable!("a PostgreSQL address opens PostgreSQL") };
        load(pools, which, source, progress).await?;
    }
    Ok(store)
}

async fn load(pools: &PostgresPools, which: Which, source: Source<'_>, progress: Progress<'_>) -> Result<(), BackupError> {
    let path = source.folder.join(source.manifest.kind.file(which));
    let expected = source.manifest.copied(which);
    // Before the server sees it: what it says of a damaged row names no file.
    check_part(&path, &expected.part).await?;
    let file = Hashing::open(&path).map_err(BackupError::file(&path))?;
    let mut reader = Reader::new(&path, BufReader::with_capacity(1 << 16, file))?;
    let mut connection = connection(pools).await?;
    let known = headings(&mut connection, pools.schema()).await?;
    run(&mut connection, "BEGIN".to_owned()).await?;
    let (mut rows, mut done) = (Vec::new(), 0);
    while let Some(line) = reader.next()? {
        let Line::Heading(heading) = line else { return Err(reader.wrong()) };
        let fits = |ours: &Heading| ours.table == heading.table && ours.columns == heading.columns;
        if !known.iter().any(fits) {
            return Err(reader.wrong());
        }
        let mut taking = connection.copy_in_raw(&heading.copy_in()).await.map_err(wrong)?;
        let mut piece = Vec::new();
        while let Some(Line::Row(row)) = reader.next()? {
            piece.extend_from_slice(&row);
            if piece.len() > PIECE {
                taking.send(std::mem::take(&mut piece)).await.map_err(wrong)?;
            }
            done += 1;
            progress(which, done, expected.total());
        }
        taking.send(piece).await.map_err(wrong)?;
        let taken = taking.finish().await.map_err(wrong)?;
        rows.push((heading.table, taken));
    }
    let read = reader.into_inner().into_inner().end();
    if read != expected.part {
        return Err(BackupError::Changed { path, expected: expected.part.bytes, found: read.bytes });
    }
    compare(&path, &rows, &expected.rows)?;
    follow_on(&mut connection, pools.schema()).await?;
    run(&mut connection, "COMMIT".to_owned()).await?;
    let _ = connection.close().await;
    Ok(())
}

/// Numbers that the server draws go on after the ones that were put back.
async fn follow_on(connection: &mut PgConnection, schema: &str) -> Result<(), BackupError> {
    let sql = format!(
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = '{schema}' \
         AND (column_default LIKE 'nextval(%' OR is_identity = 'YES')"
    );
    for row in connection.fetch_all(AssertSqlSafe(sql)).await.map_err(wrong)? {
        let (table, column): (String, String) = (row.try_get(0).map_err(wrong)?, row.try_get(1).map_err(wrong)?);
        let place = format!("\"{schema}\".\"{table}\"");
        let next = format!(
            "SELECT setval(pg_get_serial_sequence('{place}', '{column}'), coalesce(max(\"{column}\"), 1), max(\"{column}\") IS NOT NULL) \
             FROM {place}"
        );
        run(connection, next).await?;
    }
    Ok(())
}
