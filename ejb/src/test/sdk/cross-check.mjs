// Reads, from the environment variable CROSS_CHECK, a network, a key and orders that the Java client
// signed; has the official SDK hash and match them; has it sign an app order and a request order for the
// same app; and writes what it found to standard output as JSON.
const input = JSON.parse(process.env.CROSS_CHECK);
const { IExec, utils } = await import(input.framework === 'scone' ? 'iexec-scone' : 'iexec');

const signer = utils.getSignerFromPrivateKey(input.rpcUrl, input.privateKey, { allowExperimentalNetworks: true });
const iexec = new IExec({ ethProvider: signer }, {
  hubAddress: input.hub,
  smsURL: input.framework === 'scone' ? { scone: input.smsUrl } : input.smsUrl,
  iexecGatewayURL: input.orderBookUrl,
  ipfsGatewayURL: input.ipfsUrl,
  ipfsNodeURL: input.ipfsUrl,
  ...(input.framework === 'scone' && { resultProxyURL: input.ipfsUrl, isNative: false, defaultTeeFramework: 'scone' }),
  allowExperimentalNetworks: true,
});

const { apporder, workerpoolorder, requestorder } = input.orders;
const hashes = {
  apporder: await iexec.order.hashApporder(apporder),
  workerpoolorder: await iexec.order.hashWorkerpoolorder(workerpoolorder),
  requestorder: await iexec.order.hashRequestorder(requestorder),
};
const { dealid } = await iexec.order.matchOrders({ apporder, workerpoolorder, requestorder });
const { tasks } = await iexec.deal.show(dealid);

const tag = ['tee', input.framework];
const theirApp = await iexec.order.signApporder(
  await iexec.order.createApporder({ app: apporder.app, appprice: 1, volume: 5, tag }),
  { preflightCheck: false },
);
const theirRequest = await iexec.order.signRequestorder(
  await iexec.order.createRequestorder({
    app: apporder.app, appmaxprice: 1, workerpoolmaxprice: workerpoolorder.workerpoolprice, category: 0, volume: 1, tag,
    params: { iexec_result_encryption: true, iexec_secrets: { 1: 'of the SDK' } },
  }),
  { preflightCheck: false },
);

process.stdout.write(JSON.stringify({
  hashes,
  dealid,
  taskid: tasks[0],
  theirs: {
    apporder: theirApp,
    apporderHash: await iexec.order.hashApporder(theirApp),
    requestorder: theirRequest,
    requestorderHash: await iexec.order.hashRequestorder(theirRequest),
  },
}));
