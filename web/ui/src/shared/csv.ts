/** Splits RFC 4180 text into records of cells; blank lines are left out. Throws on an unclosed quote. */
export function parseCsv(text: string): string[][] {
  const separator = guessSeparator(text);
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const endRecord = () => {
    record.push(cell);
    if (record.some((c) => c.trim() !== '')) {
      records.push(record.map((c) => c.trim()));
    }
    record = [];
    cell = '';
  };
  const input = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < input.length; i++) {
    const c = input[i]!;
    if (quoted) {
      if (c === '"' && input[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (c === '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (c === separator) {
      record.push(cell);
      cell = '';
    } else if (c === '\n') {
      endRecord();
    } else if (c !== '\r') {
      cell += c;
    }
  }
  if (quoted) {
    throw new Error('A quotation mark is opened and never closed.');
  }
  endRecord();
  return records;
}

/** Spreadsheets in some countries write semicolons, and a paste from a sheet brings tabs. */
function guessSeparator(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return [',', ';', '\t'].reduce((best, c) => (first.split(c).length > first.split(best).length ? c : best));
}

/** Writes records so that spreadsheets show cells as text, never run them as formulas. */
export function writeCsv(records: string[][]): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return records.map((record) => record.map(cell).join(',')).join('\r\n') + '\r\n';
}
