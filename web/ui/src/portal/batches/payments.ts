import { parseAmount } from '../../shared/amounts';
import { parseCsv } from '../../shared/csv';

/** One line of a batch as it was typed. */
export interface Row {
  amount: string;
  reference: string;
  email: string;
}

export type RowErrors = Partial<Record<keyof Row, string>>;

export const MAX_PAYMENTS = 10_000;
const COLUMNS: Record<string, keyof Row> = {
  amount: 'amount', reference: 'reference', ref: 'reference', invoice: 'reference', email: 'email', 'e-mail': 'email', mail: 'email',
};

/** Reads pasted or uploaded text: a header line that names the columns, or, without one, amount, reference and email. */
export function readRows(text: string): Row[] {
  const records = parseCsv(text);
  if (records.length === 0) {
    return [];
  }
  const header = records[0]!.map((cell) => COLUMNS[cell.toLowerCase()]);
  const hasHeader = header.includes('amount');
  if (!hasHeader && !/\d/.test(records[0]![0] ?? '')) {
    throw new Error('The first line must name the columns: amount, and optionally reference and email.');
  }
  const columns: (keyof Row | undefined)[] = hasHeader ? header : ['amount', 'reference', 'email'];
  return records.slice(hasHeader ? 1 : 0).map((cells) => {
    const row: Row = { amount: '', reference: '', email: '' };
    columns.forEach((column, i) => {
      if (column) {
        row[column] = cells[i] ?? '';
      }
    });
    return row;
  });
}

/** What is wrong with each row; an empty object for a row that is right. */
export function checkRows(rows: Row[], decimals: number): RowErrors[] {
  const seen = new Map<string, number>();
  return rows.map((row, index) => {
    const errors: RowErrors = {};
    try {
      parseAmount(row.amount, decimals);
    } catch (e) {
      errors.amount = row.amount === '' ? 'Enter an amount.' : (e as Error).message;
    }
    if (row.email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(row.email)) {
      errors.email = 'This is no e-mail address.';
    }
    if (row.reference !== '') {
      const first = seen.get(row.reference);
      if (first !== undefined) {
        errors.reference = `The same reference as in row ${first + 1}.`;
      }
      seen.set(row.reference, first ?? index);
    }
    return errors;
  });
}

export function totalOf(rows: Row[], decimals: number): bigint {
  return rows.reduce((sum, row) => {
    try {
      return sum + parseAmount(row.amount, decimals);
    } catch {
      return sum;
    }
  }, 0n);
}
