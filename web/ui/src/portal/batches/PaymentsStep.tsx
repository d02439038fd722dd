import { Alert, Button, Content, FileUpload, Label, Pagination, TextInput } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMemo, useState } from 'react';
import { formatAmount } from '../../shared/amounts';
import type { Token } from '../api';
import { MAX_PAYMENTS, totalOf, type Row, type RowErrors } from './payments';

const PER_PAGE = 20;
const MAX_FILE_BYTES = 4_000_000;
const COLUMNS = [['amount', 'Amount'], ['reference', 'Reference'], ['email', 'E-mail']] as const;

interface Props {
  rows: Row[];
  errors: RowErrors[];
  token: Token;
  onRows: (rows: Row[]) => void;
  /** Throws when the text cannot be read at all. */
  onText: (text: string) => void;
}

/** Whom to pay: pasted, uploaded or typed; what is wrong stands at the row and is put right there. */
export function PaymentsStep({ rows, errors, token, onRows, onText }: Props) {
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState('');
  const [unreadable, setUnreadable] = useState('');
  const read = (value: string) => {
    setText(value);
    try {
      onText(value);
      setUnreadable('');
    } catch (e) {
      setUnreadable((e as Error).message);
    }
  };
  const bad = errors.filter((e) => Object.keys(e).length > 0).length;
  return (
    <>
      <Content component="p">Paste from a spreadsheet or drop a CSV file. Columns: <code>amount</code> in {token.symbol}, and if you like <code>reference</code> and <code>email</code>.</Content>
      <FileUpload id="csv" type="text" value={text} filename={fileName} filenamePlaceholder="Drop a CSV file here" browseButtonText="Choose file"
        textAreaPlaceholder={'amount,reference,email\n1.25,INV-1,ana@example.org'} aria-label="Payments as CSV" hideDefaultPreview={false} allowEditingUploadedText
        dropzoneProps={{ accept: { 'text/csv': ['.csv'], 'text/plain': ['.txt'] }, maxSize: MAX_FILE_BYTES, onDropRejected: () => setUnreadable('Choose one CSV or text file of at most 4 MB.') }}
        onFileInputChange={(_, file) => setFileName(file.name)} onDataChange={(_, value) => read(value)} onTextChange={(_, value) => read(value)}
        onClearClick={() => { setFileName(''); read(''); }} className="walnut-csv" />
      {unreadable && <Alert component="p" variant="danger" isInline title={unreadable} className="walnut-problem" />}
      {rows.length > MAX_PAYMENTS && <Alert component="p" variant="danger" isInline title={`A batch has at most ${MAX_PAYMENTS} payments; this list has ${rows.length}. Split it.`} />}
      <div className="walnut-sum" role="status">
        {rows.length > 0 && <><strong>{formatAmount(totalOf(rows, token.decimals), token.decimals)} {token.symbol}</strong> for {rows.length} {rows.length === 1 ? 'payment' : 'payments'}</>}
        {bad > 0 && <Label color="red">{bad} {bad === 1 ? 'row needs' : 'rows need'} your attention</Label>}
      </div>
      <RowTable rows={rows} errors={errors} onRows={onRows} />
      <Button variant="link" isInline onClick={() => onRows([...rows, { amount: '', reference: '', email: '' }])}>Add a payment</Button>
    </>
  );
}

function RowTable({ rows, errors, onRows }: Pick<Props, 'rows' | 'errors' | 'onRows'>) {
  const [page, setPage] = useState(1);
  // Rows with errors come first only when the list is longer than one page; a short list keeps its order.
  const order = useMemo(() => {
    const all = rows.map((_, i) => i);
    const isBad = (i: number) => Object.keys(errors[i] ?? {}).length > 0;
    return rows.length <= PER_PAGE ? all : [...all.filter(isBad), ...all.filter((i) => !isBad(i))];
  }, [rows, errors]);
  if (rows.length === 0) {
    return null;
  }
  const shown = order.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const change = (index: number, part: Partial<Row>) => onRows(rows.map((row, i) => (i === index ? { ...row, ...part } : row)));
  return (
    <>
      <Table aria-label="Payments" variant="compact" className="walnut-rows">
        <Thead><Tr><Th>Row</Th>{COLUMNS.map(([, name]) => <Th key={name}>{name}</Th>)}<Th screenReaderText="Remove" /></Tr></Thead>
        <Tbody>
          {shown.map((index) => (
            <Tr key={index}>
              <Td dataLabel="Row">{index + 1}</Td>
              {COLUMNS.map(([column, name]) => (
                <Td key={column} dataLabel={name}>
                  <Cell name={`${name} of row ${index + 1}`} value={rows[index]![column]} error={errors[index]?.[column]} onChange={(value) => change(index, { [column]: value })} />
                </Td>))}
              <Td isActionCell><Button variant="plain" aria-label={`Remove row ${index + 1}`} onClick={() => onRows(rows.filter((_, i) => i !== index))}>✕</Button></Td>
            </Tr>))}
        </Tbody>
      </Table>
      {rows.length > PER_PAGE && <Pagination itemCount={rows.length} perPage={PER_PAGE} page={page} onSetPage={(_, p) => setPage(p)} perPageOptions={[]} isCompact />}
    </>
  );
}

function Cell({ name, value, error, onChange }: { name: string; value: string; error?: string; onChange: (value: string) => void }) {
  return (
    <>
      <TextInput aria-label={name} value={value} validated={error ? 'error' : 'default'} onChange={(_, v) => onChange(v)} />
      {error && <small className="walnut-cell-error">{error}</small>}
    </>
  );
}
