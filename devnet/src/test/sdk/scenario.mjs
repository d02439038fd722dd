// One requester's whole way through an iExec SDK: deploy, publish, push secrets, match, watch, decrypt.
// Used with each SDK as published; all that is given to it is its documented configuration.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import JSZip from 'jszip';

const DATASET = 'the dataset of the scenario';
const APP_SECRET = 'known to the developer';
const REQUESTER_SECRET = 'known to the requester';

const step = (text) => console.log(`- ${text}`);

// The SDK leaves uploads of datasets to the user; this is how an IPFS node takes one.
async function upload(node, bytes) {
  const form = new FormData();
  form.append('file', new Blob([bytes]));
  const response = await fetch(`${node}/api/v0/add`, { method: 'POST', body: form });
  const { Hash } = await response.json();
  return `/ipfs/${Hash}`;
}

function completed(iexec, taskid, dealid) {
  return new Promise((resolve, reject) => {
    iexec.task.obsTask(taskid, { dealid }).then((observable) => observable.subscribe({
      next: ({ message }) => step(`task: ${message}`),
      error: reject,
      complete: resolve,
    }), reject);
  });
}

export async function run({ IExec, utils, config, options, tag, appExtra }) {
  const connect = (key) => new IExec({ ethProvider: utils.getSignerFromPrivateKey(config.rpc, key) }, options);
  const developer = connect(config.developerKey);
  const requester = connect(config.requesterKey);
  const me = await requester.wallet.getAddress();

  const { address: app } = await developer.app.deployApp({
    owner: await developer.wallet.getAddress(), name: `sample-${config.framework}`, type: 'DOCKER',
    multiaddr: config.multiaddr, checksum: `0x${'00'.repeat(32)}`, ...appExtra,
  });
  assert.equal(await developer.app.pushAppSecret(app, APP_SECRET), true);
  await assert.rejects(requester.app.pushAppSecret(app, 'not mine'), /not allowed|already exists/);
  assert.equal(await requester.app.checkAppSecretExists(app), true);
  step(`app ${app} deployed, secret pushed`);

  const key = developer.dataset.generateEncryptionKey();
  const encrypted = await developer.dataset.encrypt(Buffer.from(DATASET), key);
  const { address: dataset } = await developer.dataset.deployDataset({
    owner: await developer.wallet.getAddress(), name: 'sample', multiaddr: await upload(options.ipfsNodeURL, encrypted),
    checksum: await developer.dataset.computeEncryptedFileChecksum(encrypted),
  });
  assert.equal(await developer.dataset.pushDatasetSecret(dataset, key), true);
  assert.equal(await requester.dataset.checkDatasetSecretExists(dataset), true);
  step(`dataset ${dataset} deployed, key pushed`);

  const appHash = await developer.order.publishApporder(
    await developer.order.signApporder(await developer.order.createApporder({ app, tag, volume: 100 })));
  const datasetHash = await developer.order.publishDatasetorder(
    await developer.order.signDatasetorder(await developer.order.createDatasetorder({ dataset, tag, volume: 100 })));
  const extra = await developer.order.signApporder(await developer.order.createApporder({ app, tag, appprice: 5 }));
  const extraHash = await developer.order.publishApporder(extra);
  assert.equal(await developer.order.unpublishApporder(extraHash), extraHash);
  step('orders signed and published, one taken down');

  const apps = await requester.orderbook.fetchAppOrderbook({ app, minTag: tag, maxTag: tag });
  assert.deepEqual(apps.orders.map((o) => o.orderHash), [appHash]);
  const datasets = await requester.orderbook.fetchDatasetOrderbook({ dataset });
  assert.deepEqual(datasets.orders.map((o) => o.orderHash), [datasetHash]);
  const pools = await requester.orderbook.fetchWorkerpoolOrderbook({ category: 0, minTag: tag, maxTag: tag });
  assert.equal(pools.orders.length, 1);
  // Signed by the devnet in Java, hashed here by the SDK.
  assert.equal(await requester.order.hashWorkerpoolorder(pools.orders[0].order), pools.orders[0].orderHash);
  step(`order book read: ${pools.count} workerpool order`);

  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { isPushed } = await requester.result.pushResultEncryptionKey(keys.publicKey, { forceUpdate: true });
  assert.equal(isPushed, true);
  const secret = `greeting-${config.framework}`;
  await requester.secrets.pushRequesterSecret(secret, REQUESTER_SECRET);
  await assert.rejects(requester.secrets.pushRequesterSecret(secret, 'again'), /already exists/);
  step('result key and requester secret pushed');

  const order = pools.orders[0].order;
  const requestorder = await requester.order.signRequestorder(await requester.order.createRequestorder({
    app, dataset, category: 0, workerpoolmaxprice: order.workerpoolprice, tag, trust: 1,
    params: { iexec_args: 'one two', iexec_secrets: { 1: secret }, iexec_result_encryption: true },
  }));
  await requester.account.deposit(order.workerpoolprice);
  const { dealid } = await requester.order.matchOrders({
    apporder: apps.orders[0].order, datasetorder: datasets.orders[0].order, workerpoolorder: order, requestorder,
  });
  step(`deal ${dealid}`);

  const taskid = await requester.deal.computeTaskId(dealid, 0);
  await completed(requester, taskid, dealid);
  assert.equal((await requester.task.show(taskid)).statusName, 'COMPLETED');
  const { deals } = await requester.deal.fetchRequesterDeals(me, { appAddress: app });
  assert.deepEqual(deals.map((d) => d.dealid), [dealid]);

  const response = await requester.task.fetchResults(taskid);
  const decrypted = await utils.decryptResult(await response.arrayBuffer(), keys.privateKey);
  const report = await (await JSZip.loadAsync(decrypted)).file('result.txt').async('string');
  assert.match(report, /^arguments=one\|two$/m);
  assert.match(report, new RegExp(`^dataset=${DATASET}$`, 'm'));
  assert.match(report, new RegExp(`^IEXEC_APP_DEVELOPER_SECRET=${APP_SECRET}$`, 'm'));
  assert.match(report, new RegExp(`^IEXEC_REQUESTER_SECRET_1=${REQUESTER_SECRET}$`, 'm'));
  step('result fetched and decrypted');

  let info = await requester.task.fetchOffchainInfo(taskid);
  for (let i = 0; i < 20 && info.task.status !== 'COMPLETED'; i += 1) { // the workerpool learns it from the chain too
    await new Promise((resolve) => { setTimeout(resolve, 250); });
    info = await requester.task.fetchOffchainInfo(taskid);
  }
  assert.equal(info.task.status, 'COMPLETED');
  assert.equal(info.replicates[0].exitCode, 0);
  const [log] = await requester.task.fetchLogs(taskid);
  assert.match(log.stdout, /secret seen: \[redacted\]/);
  await assert.rejects(developer.task.fetchLogs(taskid), /Only task requester/);
  step('logs read');
  return { developer, dataset };
}
