// Writes, to standard output, what the official SDK computes for given inputs: order hashes and
// signatures, task ids, SMS authorizations, an encrypted data set and an encrypted result. The SDK's
// salts and initialization vectors are random, so each run gives another file of the same meaning.
import { createCipheriv, createHash, generateKeyPairSync, publicEncrypt, randomBytes, constants } from 'node:crypto';
import { createServer } from 'node:http';
import { Wallet, solidityPackedKeccak256 } from 'ethers';
import JSZip from 'jszip';

// The package exports only its facade, which needs a live chain; the functions behind it do not.
const sdk = (path) => import(new URL(`node_modules/iexec/dist/esm/common/${path}`, import.meta.url).href);
const order = await sdk('market/order.js');
const { computeTaskId } = await sdk('execution/deal.js');
const push = await sdk('sms/push.js');
const { getAuthorization } = await sdk('utils/api-utils.js');
const encryption = await sdk('utils/encryption-utils.js');
const results = await sdk('utils/result-utils.js');

const privateKey = '0x' + '4a'.repeat(32);
const wallet = new Wallet(privateKey);
const domain = {
  name: 'iExecODB',
  version: '5.0.0',
  chainId: 42161n,
  verifyingContract: '0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0',
};
const contracts = {
  chainId: '42161',
  signer: wallet,
  provider: undefined,
  getIExecContract: () => ({ domain: async () => domain }),
  getContract: () => ({ owner: async () => wallet.address }),
};
const ZERO = '0x0000000000000000000000000000000000000000';
const app = '0x1111111111111111111111111111111111111111';
const dataset = '0x2222222222222222222222222222222222222222';
const workerpool = '0x3333333333333333333333333333333333333333';
const restrict = '0xC0FFEE254729296a45a3885639AC7E10F9d54979';
const tdx = '0x0000000000000000000000000000000000000000000000000000000000000009';

const plain = {
  apporder: [
    { app, appprice: '0', volume: '1', tag: tdx, datasetrestrict: ZERO, workerpoolrestrict: ZERO, requesterrestrict: ZERO },
    { app, appprice: '9007199254740993', volume: '1000000', tag: tdx, datasetrestrict: dataset, workerpoolrestrict: workerpool, requesterrestrict: restrict },
  ],
  datasetorder: [
    { dataset, datasetprice: '7', volume: '9007199254740991', tag: tdx, apprestrict: app, workerpoolrestrict: ZERO, requesterrestrict: ZERO },
  ],
  workerpoolorder: [
    { workerpool, workerpoolprice: '100000000', volume: '12', tag: tdx, category: '4', trust: '1', apprestrict: ZERO, datasetrestrict: ZERO, requesterrestrict: restrict },
  ],
  requestorder: [
    { app, appmaxprice: '0', dataset: ZERO, datasetmaxprice: '0', workerpool: ZERO, workerpoolmaxprice: '0', requester: wallet.address, volume: '1', tag: tdx, category: '0', trust: '0', beneficiary: wallet.address, callback: ZERO, params: '{}' },
    {
      app, appmaxprice: '3', dataset, datasetmaxprice: '7', workerpool, workerpoolmaxprice: '100000000', requester: wallet.address, volume: '2', tag: tdx, category: '4', trust: '1', beneficiary: restrict, callback: ZERO,
      params: '{"iexec_result_encryption":true,"iexec_result_storage_provider":"ipfs","iexec_secrets":{"1":"walnut-é-1"}}',
    },
  ],
};
const names = { apporder: 'Apporder', datasetorder: 'Datasetorder', workerpoolorder: 'Workerpoolorder', requestorder: 'Requestorder' };

const orders = [];
for (const [kind, list] of Object.entries(plain)) {
  for (const unsigned of list) {
    const signed = await order[`sign${names[kind]}`](contracts, unsigned);
    orders.push({ kind, order: signed, hash: await order[`hash${names[kind]}`](contracts, signed) });
  }
}

const requestHash = orders.at(-1).hash;
const dealid = solidityPackedKeccak256(['bytes32', 'uint256'], [requestHash, 0]);
const tasks = [];
for (const index of ['0', '1', '12345']) {
  tasks.push({ dealid, index, taskid: await computeTaskId(dealid, index) });
}

const seen = [];
const recorder = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    if (request.method === 'HEAD') {
      response.writeHead(404).end();
      return;
    }
    seen.push({ method: request.method, path: request.url, body, contentType: request.headers['content-type'], authorization: request.headers.authorization });
    response.writeHead(204).end();
  });
});
await new Promise((resolve) => { recorder.listen(0, '127.0.0.1', resolve); });
const smsURL = `http://127.0.0.1:${recorder.address().port}`;
await push.pushRequesterSecret(contracts, smsURL, 'walnut-1', 'the request, é');
await push.pushAppSecret(contracts, smsURL, app, 'key share A');
await push.pushWeb2Secret(contracts, smsURL, 'iexec-result-encryption-public-key', 'cGVt');
await push.pushWeb3Secret(contracts, smsURL, dataset, 'ZGF0YXNldCBrZXk=');
recorder.close();

const loginChallenge = {
  types: {
    EIP712Domain: [{ name: 'name', type: 'string' }, { name: 'version', type: 'string' }, { name: 'chainId', type: 'uint256' }],
    Challenge: [{ name: 'challenge', type: 'string' }],
  },
  domain: { name: 'iExec Gateway', version: '1', chainId: 42161 },
  primaryType: 'Challenge',
  message: { challenge: 'abc' },
};
const gateway = createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(loginChallenge));
});
await new Promise((resolve) => { gateway.listen(0, '127.0.0.1', resolve); });
const authorization = await getAuthorization({
  api: `http://127.0.0.1:${gateway.address().port}`, endpoint: '/challenge', chainId: '42161', address: wallet.address, signer: wallet,
});
gateway.close();

const plainDataset = Buffer.from('{"version":1}');
const datasetKey = encryption.generateAes256Key();
const encrypted = await encryption.encryptAes256Cbc(plainDataset, datasetKey);

// A result as the worker packs it; kept only because the SDK itself can open it.
const rsa = generateKeyPairSync('rsa', { modulusLength: 4096, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const inner = await new JSZip()
  .file('result.json', '{"version":1,"status":"signed"}')
  .file('computed.json', '{"deterministic-output-path":"/iexec_out/result.json"}')
  .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
const aesKey = randomBytes(32);
const iv = randomBytes(16);
const cipher = createCipheriv('aes-256-cbc', aesKey, iv);
const outer = await new JSZip()
  .file('aes-key.rsa', publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, aesKey))
  .file('iexec_out.zip.aes', Buffer.concat([iv, cipher.update(inner), cipher.final()]))
  .generateAsync({ type: 'nodebuffer' });
const opened = await results.decryptResult(outer, rsa.privateKey);
if (!opened.equals(inner)) {
  throw new Error('the SDK does not open this result');
}

const base64 = (bytes) => Buffer.from(bytes).toString('base64');
process.stdout.write(JSON.stringify({
  sdk: '9.0.1',
  privateKey,
  address: wallet.address,
  domain: { ...domain, chainId: '42161' },
  orders,
  tasks,
  sms: seen,
  login: { challenge: loginChallenge, authorization },
  dataset: { plain: base64(plainDataset), key: datasetKey, encrypted: base64(encrypted), checksum: '0x' + createHash('sha256').update(encrypted).digest('hex') },
  result: { privateKeyPem: rsa.privateKey, publicKeyPem: rsa.publicKey, archive: base64(outer), resultJson: '{"version":1,"status":"signed"}' },
}, null, 2) + '\n');
