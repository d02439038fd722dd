// vectors/v1.json, which Solidity and Java check as well, against viem, OpenZeppelin's merkle-tree and
// the ABI that the compiler gave.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import {
  type Abi, type Address, type Hex, concat, encodeAbiParameters, encodeFunctionData, getAbiItem, hashDomain,
  hashTypedData, keccak256, numberToHex, pad, recoverAddress, toBytes, toEventSelector,
} from 'viem';
import { compactSignatureToSignature, parseCompactSignature, serializeSignature } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

interface Note { linkKey: Address; amount: string; salt: Hex; leaf: Hex; path: Hex[]; key: Hex }
interface Signed { linkKey: Address; digest: Hex; signature: Hex }
interface Vectors {
  derivation: { signer: Address; signerKey: Hex };
  domain: { chainId: number; escrow: Address; separator: Hex };
  notes: Note[];
  deposit: { token: Address; amount: string; notesRoot: Hex; id: Hex; storageSlot: Hex };
  vouchers: (Signed & { amount: string })[];
  claims: (Signed & { amount: string; recipient: Address; relayer: Address; fee: string; deadline: string })[];
  calls: Record<'deposit' | 'claim' | 'claimMany' | 'exit', Hex>;
  events: Record<string, Hex>;
  trees: { count: number; root: Hex; lastPath: Hex[] }[];
}

const home = process.cwd();
const text = readFileSync(join(home, 'vectors', 'v1.json'), 'utf8');
const vectors = JSON.parse(text) as Vectors;
const packed = join(home, 'target', 'generated-resources', 'io', 'walnut', 'contracts', 'WalnutEscrow.json');
const { abi } = JSON.parse(readFileSync(packed, 'utf8')) as { abi: Abi };

const domain = { name: 'Walnut', version: '1', chainId: vectors.domain.chainId, verifyingContract: vectors.domain.escrow };
const types = {
  Voucher: [
    { name: 'token', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'linkKey', type: 'address' },
  ],
  Claim: [
    { name: 'token', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'recipient', type: 'address' },
    { name: 'fee', type: 'uint256' }, { name: 'relayer', type: 'address' }, { name: 'deadline', type: 'uint256' },
  ],
} as const;
const leafTypes = ['address', 'uint256', 'bytes32'];
const token = vectors.deposit.token;

const voucherOf = (i: number) => ({ token, amount: BigInt(vectors.vouchers[i].amount), linkKey: vectors.vouchers[i].linkKey });
const claimOf = (i: number) => {
  const { amount, recipient, fee, relayer, deadline } = vectors.claims[i];
  return { token, amount: BigInt(amount), recipient, fee: BigInt(fee), relayer, deadline: BigInt(deadline) };
};
const words = (signature: Hex) => {
  const { r, yParityAndS } = parseCompactSignature(signature);
  return { r, vs: yParityAndS };
};
const signerOf = (signed: Signed) =>
  recoverAddress({
    hash: signed.digest,
    signature: serializeSignature(compactSignatureToSignature(parseCompactSignature(signed.signature))),
  });

test('the file is what its generator writes', () => {
  const written = execFileSync(process.execPath, [join(home, 'vectors', 'generate.mjs')], { encoding: 'utf8' });
  assert.equal(written, text);
});

test('the domain separator is viem’s', () => {
  const separator = hashDomain({
    domain: { ...domain, chainId: BigInt(domain.chainId) },
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' }, { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' }, { name: 'verifyingContract', type: 'address' },
      ],
    },
  });
  assert.equal(separator, vectors.domain.separator);
});

test('each voucher is signed by the signer over viem’s digest', async () => {
  for (const [i, voucher] of vectors.vouchers.entries()) {
    assert.equal(hashTypedData({ domain, types, primaryType: 'Voucher', message: voucherOf(i) }), voucher.digest);
    assert.equal(await signerOf(voucher), vectors.derivation.signer);
  }
  assert.equal(privateKeyToAccount(vectors.derivation.signerKey).address, vectors.derivation.signer);
});

test('each claim is signed by its link key over viem’s digest', async () => {
  for (const [i, claim] of vectors.claims.entries()) {
    assert.equal(hashTypedData({ domain, types, primaryType: 'Claim', message: claimOf(i) }), claim.digest);
    assert.equal(await signerOf(claim), claim.linkKey);
  }
});

test('leaves, paths and root are those of OpenZeppelin’s StandardMerkleTree', () => {
  const values = vectors.notes.map((note) => [note.linkKey, note.amount, note.salt]);
  const tree = StandardMerkleTree.of(values, leafTypes);
  assert.equal(tree.root, vectors.deposit.notesRoot);
  vectors.notes.forEach((note, i) => {
    assert.equal(tree.leafHash(values[i]), note.leaf);
    assert.deepEqual(tree.getProof(i), note.path);
    assert.ok(StandardMerkleTree.verify(vectors.deposit.notesRoot, leafTypes, values[i], note.path));
  });
});

test('trees of every shape have OpenZeppelin’s root and path', () => {
  for (const { count, root, lastPath } of vectors.trees) {
    const values = Array.from({ length: count }, (_, k) => [
      privateKeyToAccount(numberToHex(k + 1, { size: 32 })).address, `${k + 1}`, pad(numberToHex(k), { size: 32 }),
    ]);
    const tree = StandardMerkleTree.of(values, leafTypes);
    assert.equal(tree.root, root);
    assert.deepEqual(tree.getProof(count - 1), lastPath);
  }
});

test('the deposit’s id and slot are those of protocol.md', () => {
  const { amount, notesRoot, id, storageSlot } = vectors.deposit;
  const word = [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes32' }] as const;
  assert.equal(keccak256(encodeAbiParameters(word, [token, BigInt(amount), notesRoot])), id);
  assert.equal(keccak256(concat([id, pad('0x', { size: 32 })])), storageSlot);
});

test('calls encoded with the compiled ABI are the vectors’', () => {
  const { amount, notesRoot } = vectors.deposit;
  const call = (functionName: string, args: unknown[]) => encodeFunctionData({ abi, functionName, args });
  const linkOf = (i: number) => words(vectors.claims[i].signature);
  const voucherOf = (i: number) => words(vectors.vouchers[i].signature);
  assert.equal(call('deposit', [token, BigInt(amount), notesRoot]), vectors.calls.deposit);
  assert.equal(call('claim', [claimOf(0), linkOf(0), voucherOf(0)]), vectors.calls.claim);
  const items = [0, 1].map((i) => ({ ...claimOf(i), linkSignature: linkOf(i), voucherSignature: voucherOf(i) }));
  assert.equal(call('claimMany', [token, claimOf(0).relayer, items, 150_000n]), vectors.calls.claimMany);
  const { salt, path } = vectors.notes[1];
  assert.equal(call('exit', [claimOf(1), linkOf(1), BigInt(amount), notesRoot, salt, path]), vectors.calls.exit);
});

test('event topics of the compiled ABI are the vectors’', () => {
  for (const [name, topic] of Object.entries(vectors.events)) {
    const item = getAbiItem({ abi, name });
    assert.ok(item?.type === 'event');
    assert.equal(toEventSelector(item), topic);
  }
});
