// npm iexec 8.24.0: the last one that takes SCONE.
import { IExec, utils } from 'iexec-scone';
import { run } from './scenario.mjs';

const config = JSON.parse(process.env.DEVNET);
const options = {
  hubAddress: config.hub, compassURL: config.compass, smsURL: { scone: config.sms }, iexecGatewayURL: config.orderBook,
  ipfsGatewayURL: config.ipfs, ipfsNodeURL: config.ipfs, resultProxyURL: config.ipfs, isNative: false,
  defaultTeeFramework: 'scone',
};
await run({
  IExec, utils, config, options, tag: ['tee', 'scone'],
  appExtra: {
    mrenclave: {
      framework: 'SCONE', version: 'v5', entrypoint: 'java -jar /app/sample.jar', heapSize: 1073741824,
      fingerprint: 'ab'.repeat(32),
    },
  },
});
process.exit(0);
