// Writes v1.json from independent implementations (viem, OpenZeppelin's merkle-tree, Node's and noble's
// primitives), so that the Java and Solidity code is tested against something that is not itself.
// Usage: node vectors/generate.mjs > vectors/v1.json
import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { argon2id } from '@noble/hashes/argon2.js';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import {
  concat, encodeAbiParameters, encodeFunctionData, hashDomain, hashTypedData, keccak256, numberToHex, pad,
  parseAbi, parseSignature, serializeCompactSignature, signatureToCompactSignature, toBytes, toEventSelector, toHex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const u16 = (n) => numberToHex(n, { size: 2 });
const u32 = (n) => numberToHex(n, { size: 4 });
const u64 = (n) => numberToHex(n, { size: 8 });
const u128 = (n) => numberToHex(n, { size: 16 });
const u256 = (n) => numberToHex(n, { size: 32 });
const info = (label, index) => Buffer.concat([Buffer.from(label), Buffer.from(toBytes(u32(index)))]);
const hkdf = (secret, label, length) => toHex(new Uint8Array(hkdfSync('sha256', toBytes(secret), 'walnut/v1', label, length)));
const hmac = (key, data) => toHex(new Uint8Array(createHmac('sha256', toBytes(key)).update(data).digest()));
const scalar = (wide) => u256((BigInt(wide) % (ORDER - 1n)) + 1n);
const sha256 = (data) => toHex(new Uint8Array(createHash('sha256').update(data).digest()));

// Secrets: no randomness, so that anyone can write the same file.
const secret = (name) => keccak256(toBytes(`walnut test vector: ${name}`));
const batchSeed = secret('batch seed');
const shareA = secret('share A');
const shareB = secret('share B');
const linkSecret = (i) => hkdf(batchSeed, info('link', i), 32);
const noteKey = (link, j) => scalar(hkdf(link, info('note', j), 48));
const saltKey = hkdf(batchSeed, info('salt', 0), 32);
const salt = (k) => hmac(saltKey, info('salt', k));

const chainId = 421614;
const escrow = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const native = '0x0000000000000000000000000000000000000000';
const domain = { name: 'Walnut', version: '1', chainId, verifyingContract: escrow };
const types = {
  Voucher: [{ name: 'token', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'linkKey', type: 'address' }],
  Claim: [
    { name: 'token', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'recipient', type: 'address' },
    { name: 'fee', type: 'uint256' }, { name: 'relayer', type: 'address' }, { name: 'deadline', type: 'uint256' },
  ],
};
const signerKey = scalar(hkdf(concat([shareA, shareB]),
  Buffer.concat([Buffer.from('signer'), Buffer.from(toBytes(concat([u64(chainId), escrow])))]), 48));

// Two links: the first with two notes, the second with one.
const notes = [[0, 0, 1500000000000000000n], [0, 1, 250000000000000000n], [1, 0, 1n]].map(([link, note, amount], k) => {
  const key = noteKey(linkSecret(link), note);
  return { link, note, key, linkKey: privateKeyToAccount(key).address, amount, salt: salt(k) };
});
const leafTypes = ['address', 'uint256', 'bytes32'];
const tree = (of) => StandardMerkleTree.of(of.map((n) => [n.linkKey, n.amount.toString(), n.salt]), leafTypes);
const notesTree = tree(notes);
const depositAmount = notes.reduce((sum, n) => sum + n.amount, 0n);
const deposit = { token: native, amount: depositAmount, notesRoot: notesTree.root };
const depositId = keccak256(encodeAbiParameters(
  [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes32' }], [native, depositAmount, notesTree.root]));

const compact = (signature) => serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)));
const sign = async (key, primaryType, message) => {
  const typed = { domain, types, primaryType, message };
  return { digest: hashTypedData(typed), signature: compact(await privateKeyToAccount(key).signTypedData(typed)) };
};
const halves = (signature) => ({ r: `0x${signature.slice(2, 66)}`, vs: `0x${signature.slice(66)}` });

const vouchers = [];
const claims = [];
for (const n of notes) {
  const voucher = { token: native, amount: n.amount, linkKey: n.linkKey };
  vouchers.push({ linkKey: n.linkKey, amount: n.amount, ...(await sign(signerKey, 'Voucher', voucher)) });
  const claim = {
    token: native, amount: n.amount, recipient: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    relayer: n.amount > 1n ? '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' : native,
    fee: n.amount > 1n ? 12345n : 0n, deadline: 1893456000n,
  };
  claims.push({ linkKey: n.linkKey, ...claim, ...(await sign(n.key, 'Claim', claim)) });
}

const request = Buffer.alloc(18147);
Buffer.from(toBytes(concat(['0x01', u64(chainId), escrow, native, u256(depositAmount), notesTree.root, saltKey, u16(notes.length),
  ...notes.flatMap((n) => [n.linkKey, u128(n.amount)])]))).copy(request);
const requestText = request.toString('base64');
const chunks = requestText.match(/.{1,4096}/g);

const blinding = hmac(saltKey, 'blinding');
const signer = privateKeyToAccount(signerKey).address;
const result = JSON.stringify({
  version: 1, status: 'signed', blinding, chainId: `${chainId}`, escrow: escrow.toLowerCase(), token: native,
  notesRoot: notesTree.root, signer: signer.toLowerCase(),
  vouchers: vouchers.map((v) => ({ linkKey: v.linkKey.toLowerCase(), amount: `${v.amount}`, signature: v.signature })),
});

const path = (k) => notesTree.getProof(k);
const openings = (ks) => concat([u256(depositAmount), notesTree.root,
  ...ks.flatMap((k) => [notes[k].salt, numberToHex(path(k).length, { size: 1 }), ...path(k)])]);
const plainBody = concat([u64(chainId), escrow, native, linkSecret(0), '0x02',
  u128(notes[0].amount), vouchers[0].signature, u128(notes[1].amount), vouchers[1].signature]);
const fragment = (flags, body) => Buffer.from(toBytes(concat(['0x01', numberToHex(flags, { size: 1 }), body]))).toString('base64url');
// Two scripts, a sign beyond the basic plane, and nothing that HTML would leave alone.
const words = { payer: 'Müller & Søn', message: 'Danke für <März> – 谢谢 🌰' };
const said = ({ payer, message }) => concat([numberToHex(Buffer.byteLength(payer), { size: 1 }), toHex(payer),
  u16(Buffer.byteLength(message)), toHex(message)]);
const passphrase = 'correct horse ﬁg';
const wrapSalt = secret('wrap salt').slice(0, 34);
const iv = secret('wrap IV').slice(0, 26);
const wrapKey = argon2id(new TextEncoder().encode(passphrase.normalize('NFKC')), toBytes(wrapSalt), { t: 3, m: 65536, p: 1, dkLen: 32 });
const gcm = createCipheriv('aes-256-gcm', wrapKey, toBytes(iv));
gcm.setAAD(Buffer.from([1, 1]));
const sealed = Buffer.concat([gcm.update(Buffer.from(toBytes(plainBody))), gcm.final(), gcm.getAuthTag()]);

const abi = parseAbi([
  'struct Signature { bytes32 r; bytes32 vs; }',
  'struct Claim { address token; uint256 amount; address recipient; uint256 fee; address relayer; uint256 deadline; }',
  'function deposit(address token, uint256 amount, bytes32 notesRoot) payable',
  'function claim(Claim terms, Signature linkSignature, Signature voucherSignature)',
  'struct ClaimItem { uint256 amount; address recipient; uint256 fee; uint256 deadline; Signature linkSignature; Signature voucherSignature; }',
  'function claimMany(address token, address relayer, ClaimItem[] items, uint256 gasPerItem)',
  'function exit(Claim terms, Signature linkSignature, uint256 depositAmount, bytes32 notesRoot, bytes32 salt, bytes32[] path)',
  'event Deposited(bytes32 indexed deposit, address indexed depositor, address indexed token, uint256 amount, bytes32 notesRoot)',
  'event Claimed(address indexed linkKey, uint256 amount, address recipient)',
  'event TokenClaimed(address indexed linkKey, address token, uint256 amount, address recipient)',
  'event Exited(bytes32 indexed deposit, address indexed linkKey, address token, uint256 amount, address recipient)',
]);
const topic = (name) => toEventSelector(abi.find((item) => item.type === 'event' && item.name === name));

// Trees of other sizes over notes that need no derivation: the private key of note k is k + 1.
const sizes = [1, 2, 3, 4, 5, 7, 8, 100, 500].map((count) => {
  const of = Array.from({ length: count }, (_, k) => ({
    linkKey: privateKeyToAccount(u256(k + 1)).address, amount: BigInt(k + 1), salt: pad(numberToHex(k), { size: 32 }),
  }));
  const t = tree(of);
  return { count, root: t.root, lastPath: t.getProof(count - 1) };
});

const vectors = {
  about: 'Test vectors of docs/protocol.md, written by generate.mjs. Amounts are decimal strings.',
  derivation: {
    batchSeed, linkSecrets: [linkSecret(0), linkSecret(1)], saltKey, blinding,
    shareA, shareB, signerKey, signer,
  },
  domain: { chainId, escrow, separator: hashDomain({ domain, types: { EIP712Domain: [
    { name: 'name', type: 'string' }, { name: 'version', type: 'string' },
    { name: 'chainId', type: 'uint256' }, { name: 'verifyingContract', type: 'address' }] } }) },
  notes: notes.map((n, k) => ({ ...n, leaf: notesTree.leafHash([n.linkKey, n.amount.toString(), n.salt]), path: path(k) })),
  deposit: { ...deposit, id: depositId, storageSlot: keccak256(concat([depositId, u256(0n)])) },
  vouchers,
  claims,
  request: { chunkLengths: chunks.map((c) => c.length), chunkSha256: chunks.map(sha256), firstCharacters: chunks[0].slice(0, 400) },
  result,
  links: {
    plain: fragment(0, plainBody),
    opened: fragment(2, concat([plainBody, openings([0, 1])])),
    wrapped: fragment(1, concat([wrapSalt, iv, toHex(new Uint8Array(sealed))])),
    passphrase,
    words,
    worded: fragment(4, concat([plainBody, said(words)])),
    openedAndWorded: fragment(6, concat([plainBody, openings([0, 1]), said(words)])),
  },
  calls: {
    deposit: encodeFunctionData({ abi, functionName: 'deposit', args: [native, depositAmount, notesTree.root] }),
    claim: encodeFunctionData({ abi, functionName: 'claim', args: [
      claims[0], halves(claims[0].signature), halves(vouchers[0].signature)] }),
    claimMany: encodeFunctionData({ abi, functionName: 'claimMany', args: [native, claims[0].relayer, [0, 1].map((k) => ({
      ...claims[k], linkSignature: halves(claims[k].signature), voucherSignature: halves(vouchers[k].signature) })), 150000n] }),
    exit: encodeFunctionData({ abi, functionName: 'exit', args: [
      claims[1], halves(claims[1].signature), depositAmount, notesTree.root, notes[1].salt, path(1)] }),
  },
  events: { Deposited: topic('Deposited'), Claimed: topic('Claimed'), TokenClaimed: topic('TokenClaimed'), Exited: topic('Exited') },
  trees: sizes,
};
console.log(JSON.stringify(vectors, (_, v) => (typeof v === 'bigint' ? v.toString() : v), 2));
