// npm iexec 9.0.1: TDX only.
import assert from 'node:assert/strict';
import { IExec, utils } from 'iexec';
import { run } from './scenario.mjs';

const config = JSON.parse(process.env.DEVNET);
const options = {
  hubAddress: config.hub, compassURL: config.compass, smsURL: config.sms, iexecGatewayURL: config.orderBook, ipfsGatewayURL: config.ipfs,
  ipfsNodeURL: config.ipfs,
};
const { developer, dataset } = await run({ IExec, utils, config, options, tag: ['tee', 'tdx'] });

// Uploads through the SDK's own IPFS client, which checks that the gateway serves them.
const order = await developer.order.signDatasetorder(await developer.order.createDatasetorder({
  dataset, tag: ['tee', 'tdx'], volume: Number.MAX_SAFE_INTEGER - 1,
}));
const bulk = await developer.order.prepareDatasetBulk([order]);
assert.match(bulk.cid, /^Qm/);
console.log('- bulk of datasets uploaded');
process.exit(0);
