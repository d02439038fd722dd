// The deployment script, on a chain of its own.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Chain, type Hex, concat, createPublicClient, createWalletClient, defineChain, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { type Anvil, startAnvil } from '../../script/anvil.js';
import { isDeployedCode, readArtifact, verificationInput } from '../../script/artifact.js';
import { CHAINS } from '../../script/chains.js';
import { DeploymentRefused, FACTORY, deploy, plan } from '../../script/deployment.js';

const home = process.cwd();
const artifact = readArtifact(home);
const account = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
const owner = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const guardian = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const planned = plan(artifact, { owner, guardian, signerDelay: 60n });

let anvil: Anvil;
const settings = CHAINS.anvil;

before(async () => { anvil = await startAnvil(home, settings.chainId); });
after(() => anvil.stop());

function clients() {
  const chain = defineChain({
    id: settings.chainId, name: 'anvil', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [anvil.url] } },
  }) as Chain;
  const transport = http(anvil.url);
  return {
    reader: createPublicClient({ chain, transport, pollingInterval: 50 }),
    sender: createWalletClient({ account, chain, transport }),
  };
}

test('the address follows from code, owner, guardian and delay alone', () => {
  assert.equal(plan(artifact, { owner, guardian, signerDelay: 60n }).address, planned.address);
  assert.notEqual(plan(artifact, { owner: guardian, guardian, signerDelay: 60n }).address, planned.address);
  assert.notEqual(plan(artifact, { owner, guardian, signerDelay: 61n }).address, planned.address);
});

test('it deploys to the planned address, and a second time changes nothing', async () => {
  const { reader, sender } = clients();
  const first = await deploy(artifact, settings, planned, reader, sender);
  assert.ok(first.transactionHash);
  const read = (functionName: string) => reader.readContract({ address: planned.address, abi: artifact.abi, functionName });
  assert.equal(await read('owner'), owner);
  assert.equal(await read('guardian'), guardian);
  assert.equal(await read('signerDelay'), 60n);

  const nonce = await reader.getTransactionCount({ address: account.address });
  const second = await deploy(artifact, settings, planned, reader, sender);
  assert.equal(second.transactionHash, undefined);
  assert.equal(await reader.getTransactionCount({ address: account.address }), nonce);
});

test('the verification input compiles to the deployed bytecode', async () => {
  const { reader, sender } = clients();
  await deploy(artifact, settings, planned, reader, sender);
  const input = verificationInput(home, planned.constructorArguments);
  const solc = createRequire(join(home, 'package.json'))('solc') as { compile(input: string): string; version(): string };
  assert.ok(`v${solc.version()}`.startsWith(input.compilerVersion));

  const output = JSON.parse(solc.compile(JSON.stringify(input.standardJsonInput)));
  const [path, name] = input.contractName.split(':');
  const { evm } = output.contracts[path][name];
  assert.equal(concat([`0x${evm.bytecode.object}`, `0x${input.constructorArguments}`]), planned.initCode);
  const code = await reader.getCode({ address: planned.address });
  assert.ok(isDeployedCode({ ...artifact, deployedBytecode: `0x${evm.deployedBytecode.object}` }, code as Hex));
});

test('it refuses a chain that is not the one it was told', async () => {
  const { reader, sender } = clients();
  await assert.rejects(
    deploy(artifact, CHAINS.sepolia, planned, reader, sender),
    (error) => error instanceof DeploymentRefused && /31337, not 11155111/.test(error.message),
  );
});

test('it refuses an owner without code where the owner must be a Safe', async () => {
  const { reader, sender } = clients();
  const mainnet = { ...CHAINS.mainnet, chainId: settings.chainId };
  await assert.rejects(
    deploy(artifact, mainnet, planned, reader, sender),
    (error) => error instanceof DeploymentRefused && /must be a Safe/.test(error.message),
  );
  const safe = plan(artifact, { owner: FACTORY, guardian, signerDelay: 604_800n });
  await deploy(artifact, mainnet, safe, reader, sender);
});

test('it refuses the zero owner', () => {
  assert.throws(
    () => plan(artifact, { owner: '0x0000000000000000000000000000000000000000', guardian, signerDelay: 0n }),
    DeploymentRefused,
  );
});

test('it refuses other code at the planned address', async () => {
  const { reader, sender } = clients();
  const other = { ...planned, address: FACTORY };
  await assert.rejects(
    deploy(artifact, settings, other, reader, sender),
    (error) => error instanceof DeploymentRefused && /other code/.test(error.message),
  );
});
