// Prints the committed gas figures beside the aims and the peers. The snapshot test keeps them true.
import { readFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const ours = JSON.parse(readFileSync(new URL('../snapshots/Escrow.json', here)));

// Peers under the same conditions (prague, fresh recipients): gas a link for deposit and claim.
const rows = [
  ['deposit of 100 notes, native coin', 50_000, 'Peanut V4.4: 128,204 a link (107,997 a link in a batch)'],
  ['claim, native coin, fresh recipient', 92_500, 'Peanut V4.4 86,198 · Linkdrop 71,803 · PoC of 2023 185,167 and growing'],
  ['claim, native coin, recipient sends it', 65_500, 'Tornado 334,255 · Privacy Pools 565,212'],
  ['claimMany of 50, native coin, fresh recipients, per link', 69_000, 'none of them has a batch'],
];
console.log(`${'gas'.padEnd(58)} ${'ours'.padStart(8)} ${'aim'.padStart(9)}   peers`);
for (const [name, aim, peers] of rows) {
  if (!(name in ours)) throw new Error(`snapshots/Escrow.json has no figure "${name}"`);
  console.log(`${name.padEnd(58)} ${ours[name].padStart(8)} ${(`≤ ${aim}`).padStart(9)}   ${peers}`);
}
