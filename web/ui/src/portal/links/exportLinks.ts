import { formatAmount } from '../../shared/amounts';
import { writeCsv } from '../../shared/csv';
import type { Api, Escrow, PaymentLink } from '../api';
import { tokenOf } from '../session/session';

/** Reveals links one by one (each is audited) and saves them as a CSV file; returns how many. */
export async function exportLinks(api: Api, escrow: Escrow, links: PaymentLink[], progress: (done: number) => void): Promise<number> {
  const records = [];
  for (const link of links) {
    const { url } = await api.revealLink(link.id);
    const token = tokenOf(escrow, link.token);
    records.push([link.reference ?? '', link.email ?? '', formatAmount(BigInt(link.amount), token.decimals).replaceAll(',', ''), token.symbol, url]);
    progress(records.length);
  }
  if (records.length > 0) {
    saveFile('walnut-links.csv', writeCsv([['reference', 'email', 'amount', 'asset', 'link'], ...records]), 'text/csv');
  }
  return records.length;
}

export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
