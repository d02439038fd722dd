// Writes receipt-v1.json with viem and OpenZeppelin's merkle-tree, so that the Java code is tested against something
// that is not itself. Run after the contracts module is built, whose packages it borrows.
// Usage: node privacy/vectors/generate.mjs > privacy/vectors/receipt-v1.json
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../contracts/package.json', import.meta.url));
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');
const { hashTypedData, keccak256, parseSignature, serializeCompactSignature, signatureToCompactSignature, toBytes } = require('viem');
const { privateKeyToAccount } = require('viem/accounts');

const secret = (name) => keccak256(toBytes(`walnut receipt vector: ${name}`));
const account = (name) => privateKeyToAccount(secret(name));
const chainId = 421614;
const escrow = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const token = '0x00000000000000000000000000000000000000c1';
const company = account('company');

const notes = [0, 1, 2, 3, 4].map((i) => ({
  linkKey: account(`note ${i}`).address.toLowerCase(),
  amount: String(25n * 10n ** BigInt(i + 6)),
  salt: secret(`salt ${i}`),
}));
const tree = StandardMerkleTree.of(notes.map((n) => [n.linkKey, n.amount, n.salt]), ['address', 'uint256', 'bytes32']);
const deposit = {
  amount: String(notes.reduce((sum, n) => sum + BigInt(n.amount), 0n)),
  notesRoot: tree.root,
  transaction: secret('deposit transaction'),
};
const shown = [
  { ...notes[1], path: tree.getProof(1), redemption: secret('claim transaction') },
  { ...notes[4], path: tree.getProof(4), redemption: null },
];
const reference = 'Grant № 7 – März';
const issuedAt = '2026-03-31T12:00:00Z';

const types = {
  ReceiptNote: [
    { name: 'linkKey', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'salt', type: 'bytes32' },
    { name: 'redemptionTransaction', type: 'bytes32' },
  ],
  Receipt: [
    { name: 'token', type: 'address' }, { name: 'depositAmount', type: 'uint256' }, { name: 'notesRoot', type: 'bytes32' },
    { name: 'depositTransaction', type: 'bytes32' }, { name: 'notes', type: 'ReceiptNote[]' },
    { name: 'reference', type: 'string' }, { name: 'issuedAt', type: 'uint256' },
  ],
};
const typedData = {
  domain: { name: 'Walnut', version: '1', chainId, verifyingContract: escrow },
  types,
  primaryType: 'Receipt',
  message: {
    token, depositAmount: BigInt(deposit.amount), notesRoot: deposit.notesRoot, depositTransaction: deposit.transaction,
    notes: shown.map((n) => ({
      linkKey: n.linkKey, amount: BigInt(n.amount), salt: n.salt, redemptionTransaction: n.redemption ?? `0x${'0'.repeat(64)}`,
    })),
    reference, issuedAt: BigInt(Date.parse(issuedAt) / 1000),
  },
};
const signature = serializeCompactSignature(signatureToCompactSignature(parseSignature(await company.signTypedData(typedData))));
const receipt = {
  version: 1, chainId: String(chainId), escrow, token, reference, issuedAt, deposit, notes: shown,
  signer: company.address.toLowerCase(), signature,
};
console.log(JSON.stringify({ companyKey: secret('company'), digest: hashTypedData(typedData), receipt }, null, 2));
