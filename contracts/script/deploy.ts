// Deploys the escrow: npm run deploy -- --chain sepolia --rpc-url URL --owner 0x… --guardian 0x… --key-file FILE
// Rehearses it:       npm run deploy -- --chain sepolia --owner 0x… --guardian 0x… --dry-run
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Address, type Chain, type Hex, createPublicClient, createWalletClient, defineChain, http, keccak256 } from 'viem';
import { type LocalAccount, privateKeyToAccount } from 'viem/accounts';
import { startAnvil } from './anvil.js';
import { readArtifact, verificationInput } from './artifact.js';
import { CHAINS, type ChainName, isChainName } from './chains.js';
import { type Deployed, DeploymentRefused, FACTORY, SALT, deploy, plan } from './deployment.js';

const home = process.cwd();

const options = {
  chain: { type: 'string' },
  'rpc-url': { type: 'string' },
  owner: { type: 'string' },
  guardian: { type: 'string' },
  'key-file': { type: 'string' },
  'dry-run': { type: 'boolean' },
  'signer-delay': { type: 'string' },
  out: { type: 'string' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** The first account of anvil's published test mnemonic. */
const ANVIL_KEY: Hex = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

function required(values: Options, name: 'chain' | 'rpc-url' | 'owner' | 'guardian' | 'key-file', what: string): string {
  const value = values[name];
  if (!value) throw new DeploymentRefused(`--${name} is missing: ${what}`);
  return value;
}

function accountFrom(file: string): LocalAccount {
  const text = readFileSync(file, 'utf8').trim();
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) {
    throw new DeploymentRefused(`--key-file ${file}: not a private key (0x and 64 hexadecimal digits)`);
  }
  return privateKeyToAccount(text as Hex);
}

async function run(values: Options): Promise<void> {
  const name = required(values, 'chain', Object.keys(CHAINS).join(', '));
  if (!isChainName(name)) throw new DeploymentRefused(`--chain ${name}: known are ${Object.keys(CHAINS).join(', ')}`);
  const dryRun = values['dry-run'] ?? false;
  const settings = CHAINS[name];
  const artifact = readArtifact(home);
  const planned = plan(artifact, {
    owner: required(values, 'owner', 'the Safe that will own the escrow') as Address,
    guardian: required(values, 'guardian', 'who may pause; the zero address for nobody') as Address,
    signerDelay: values['signer-delay'] === undefined ? settings.signerDelay : BigInt(values['signer-delay']),
  });

  const rehearsal = dryRun ? await startAnvil(home, settings.chainId) : undefined;
  try {
    const url = rehearsal?.url ?? required(values, 'rpc-url', 'where the chain is reached');
    const account = rehearsal
      ? privateKeyToAccount(ANVIL_KEY)
      : accountFrom(required(values, 'key-file', 'a file with the private key of who pays the gas'));
    const chain = defineChain({
      id: settings.chainId, name, nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    }) as Chain;
    const transport = http(url);
    const client = createPublicClient({ chain, transport, pollingInterval: 500 });
    // An empty chain has no Safe, so a rehearsal cannot look for it.
    const deployed = await deploy(
      artifact, dryRun ? { ...settings, ownerIsContract: false } : settings, planned, client,
      createWalletClient({ account, chain, transport }),
    );
    report(name, deployed, dryRun, values.out);
  } finally {
    rehearsal?.stop();
  }
}

function report(name: ChainName, deployed: Deployed, dryRun: boolean, out?: string): void {
  const folder = out ?? join(home, dryRun ? 'target/deployments' : 'deployments');
  mkdirSync(folder, { recursive: true });
  const write = (suffix: string, value: unknown) => {
    const file = join(folder, `${name}${suffix}.json`);
    writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
    return file;
  };
  const record = write('', {
    chain: name,
    chainId: CHAINS[name].chainId,
    address: deployed.address,
    fromBlock: Number(deployed.blockNumber),
    transactionHash: deployed.transactionHash ?? null,
    owner: deployed.owner,
    guardian: deployed.guardian,
    signerDelay: deployed.signerDelay.toString(),
    factory: FACTORY,
    salt: SALT,
    initCodeHash: keccak256(deployed.initCode),
  });
  const verification = write(
    '.verification', verificationInput(home, deployed.constructorArguments),
  );
  console.log(`${dryRun ? 'rehearsed: it would stand' : 'it stands'} at ${deployed.address} on ${name}`);
  console.log(`record: ${record}`);
  const explorer = 'explorer' in CHAINS[name] ? `, for ${(CHAINS[name] as { explorer: string }).explorer}` : '';
  console.log(`verification input: ${verification}${explorer}`);
  console.log('next: the owner adds the enclave’s signer, whose key is derived for this address (addSigner)');
}

try {
  await run(parseArgs({ options }).values);
} catch (error) {
  const known = error instanceof DeploymentRefused || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(`deploy: ${known ? (error as Error).message : (error as Error).stack}`);
  process.exitCode = 1;
}
