// The drizzle schema says the same as the SQL of the migrations: tables, columns, keys, references, unique indexes.

import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import * as schema from './schema.ts';

let made: MadeCatalog;
beforeAll(() => {
  made = madeCatalog();
});
afterAll(() => made.remove());

const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));

interface Shape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly references: readonly string[];
  readonly unique: readonly string[];
}

function shapeInSql(table: string): Shape {
  const { database } = made.catalog;
  const rows = (sql: string, ...values: string[]) =>
    database.prepare(sql).all(...values) as Record<string, string | number>[];
  const columns = rows('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', table);
  const key = columns.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a['pk']) - Number(b['pk']));
  const references = rows(
    'SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq',
    table,
  );
  const indexes = rows(`SELECT name FROM pragma_index_list(?) WHERE "unique" AND origin <> 'pk'`, table);
  return {
    columns: columns.map(
      ({ name, type, notnull, pk }) => `${name} ${type}${notnull || pk ? ' NOT NULL' : ''}`,
    ),
    key: key.map(({ name }) => String(name)),
    references: references
      .map((row) => `${row['from']} → ${row['table']}.${row['to']} ${row['on_delete']}`)
      .sort(),
    unique: indexes
      .map(({ name }) =>
        rows('SELECT name FROM pragma_index_info(?)', String(name))
          .map((row) => row['name'])
          .join(','),
      )
      .sort(),
  };
}

function shapeInDrizzle(table: SQLiteTable): Shape {
  const config = getTableConfig(table);
  const columns = config.columns.map((column) => {
    const type = column.getSQLType().toUpperCase();
    return `${column.name} ${type}${column.notNull || column.primary ? ' NOT NULL' : ''}`;
  });
  const single = config.columns.filter((column) => column.primary).map((column) => column.name);
  const composite = config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
  const references = config.foreignKeys.flatMap((key) => {
    const { columns: from, foreignColumns, foreignTable } = key.reference();
    const action = (key.onDelete ?? 'no action').toUpperCase();
    return from.map(
      (column, index) =>
        `${column.name} → ${getTableConfig(foreignTable).name}.${foreignColumns[index]?.name} ${action}`,
    );
  });
  const unique = [
    ...config.columns.filter((column) => column.isUnique).map((column) => column.name),
    ...config.uniqueConstraints.map((constraint) =>
      constraint.columns.map((column) => column.name).join(','),
    ),
    ...config.indexes
      .filter((index) => index.config.unique)
      .map((index) =>
        index.config.columns.map((column) => ('name' in column ? column.name : 'name')).join(','),
      ),
  ];
  return { columns, key: [...single, ...composite], references: references.sort(), unique: unique.sort() };
}

describe('the drizzle schema', () => {
  it('has every table of the SQL and no other', () => {
    const inSql = made.catalog.database
      .prepare(
        // A full-text index is asked in SQL alone; drizzle knows neither it nor the tables in its shadow.
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
      )
      .pluck()
      .all();
    expect(tables.map((table) => getTableConfig(table).name).sort()).toEqual(inSql);
  });

  it.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    '%s is the same table',
    (name, table) => {
      expect(shapeInDrizzle(table)).toEqual(shapeInSql(name));
    },
  );
});
