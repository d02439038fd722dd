import { describe, expect, it } from 'vitest';
import { checkRows, readRows, totalOf } from '../src/portal/batches/payments';
import { parseCsv, writeCsv } from '../src/shared/csv';

describe('a list of payments', () => {
  it('is read by the names of its columns, in any order', () =>
    expect(readRows('email,amount,team,reference\na@b.org,1.5,x,INV-1\n')).toEqual([{ amount: '1.5', reference: 'INV-1', email: 'a@b.org' }]));

  it('is read without a header as amount, reference, email', () =>
    expect(readRows('1.5,INV-1,a@b.org')).toEqual([{ amount: '1.5', reference: 'INV-1', email: 'a@b.org' }]));

  it.each(['amount;reference\n1;A', 'amount\treference\r\n1\tA\r\n', '\uFEFFamount,reference\n\n"1","A"\n'])(
    'is read from %j', (text) => expect(readRows(text)).toEqual([{ amount: '1', reference: 'A', email: '' }]));

  it('without a known column is refused', () => expect(() => readRows('name,city\nx,y')).toThrow(/name the columns/));

  it('tells for each row what is wrong with it', () => {
    const rows = readRows('amount,reference,email\n1,A,\n1e3,B,\n2,A,not-mail\n,C,\n');
    const errors = checkRows(rows, 18);
    expect(errors[0]).toEqual({});
    expect(errors[1]!.amount).toMatch(/no amount/);
    expect(errors[2]).toEqual({ reference: 'The same reference as in row 1.', email: 'This is no e-mail address.' });
    expect(errors[3]!.amount).toBe('Enter an amount.');
    expect(totalOf(rows, 18)).toBe(3n * 10n ** 18n);
  });
});

describe('CSV', () => {
  it('keeps quotes, separators and line ends inside cells', () => {
    const records = [['a', 'b'], ['x,"y"', 'two\nlines']];
    expect(parseCsv(writeCsv(records))).toEqual(records);
  });

  it('with an open quote is refused', () => expect(() => parseCsv('a,"b')).toThrow(/never closed/));

  it.each(['=1+1', '+1', '-1', '@x'])('never lets a spreadsheet run %j', (cell) => expect(writeCsv([[cell]])).toBe(`'${cell}\r\n`));
});
