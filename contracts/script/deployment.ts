import {
  type Account, type Address, type Chain, type Hex, type PublicClient, type Transport, type WalletClient,
  concat, encodeAbiParameters, getContractAddress, isAddress, isAddressEqual, keccak256, size, toBytes, zeroAddress,
} from 'viem';
import { type Artifact, isDeployedCode } from './artifact.js';
import type { ChainSettings } from './chains.js';

/** Arachnid's deterministic deployment proxy, at this address on every chain named in chains.ts. */
export const FACTORY: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** With the same owner, guardian and delay the escrow has the same address on every chain. */
export const SALT: Hex = keccak256(toBytes('walnut/escrow/v1'));

/** A reason not to deploy that the operator can act on. */
export class DeploymentRefused extends Error {}

export interface Parameters {
  readonly owner: Address;
  readonly guardian: Address;
  readonly signerDelay: bigint;
}

export interface Plan extends Parameters {
  readonly address: Address;
  readonly constructorArguments: Hex;
  readonly initCode: Hex;
}

export interface Deployed extends Plan {
  /** Absent if the escrow stood there already. */
  readonly transactionHash?: Hex;
  readonly blockNumber: bigint;
}

export function plan(artifact: Artifact, parameters: Parameters): Plan {
  const { owner, guardian, signerDelay } = parameters;
  if (!isAddress(owner) || isAddressEqual(owner, zeroAddress)) {
    throw new DeploymentRefused('owner: give the address of the Safe that will own the escrow (--owner 0x…)');
  }
  if (!isAddress(guardian)) {
    throw new DeploymentRefused('guardian: give an address, or the zero address for nobody (--guardian 0x…)');
  }
  const constructorArguments = encodeAbiParameters(
    [{ type: 'address' }, { type: 'address' }, { type: 'uint256' }], [owner, guardian, signerDelay],
  );
  const initCode = concat([artifact.bytecode, constructorArguments]);
  const address = getContractAddress({ opcode: 'CREATE2', from: FACTORY, salt: SALT, bytecode: initCode });
  return { ...parameters, address, constructorArguments, initCode };
}

const codeAt = async (chain: PublicClient, address: Address): Promise<Hex> => (await chain.getCode({ address })) ?? '0x';

/** Safe to do again: an escrow that stands at the planned address is checked and left as it is. */
export async function deploy(
  artifact: Artifact, settings: ChainSettings, planned: Plan, chain: PublicClient,
  sender: WalletClient<Transport, Chain, Account>,
): Promise<Deployed> {
  await checkChain(settings, planned, chain);
  let transactionHash: Hex | undefined;
  if (size(await codeAt(chain, planned.address)) === 0) {
    transactionHash = await sender.sendTransaction({ to: FACTORY, data: concat([SALT, planned.initCode]) });
    const receipt = await chain.waitForTransactionReceipt({ hash: transactionHash });
    if (receipt.status !== 'success') throw new DeploymentRefused(`transaction ${transactionHash} failed`);
  }
  await checkEscrow(artifact, planned, chain);
  return { ...planned, transactionHash, blockNumber: await chain.getBlockNumber() };
}

async function checkChain(settings: ChainSettings, planned: Plan, chain: PublicClient): Promise<void> {
  const chainId = await chain.getChainId();
  if (chainId !== settings.chainId) {
    throw new DeploymentRefused(`RPC URL: it serves chain ${chainId}, not ${settings.chainId}`);
  }
  if (size(await codeAt(chain, FACTORY)) === 0) {
    throw new DeploymentRefused(`this chain has no CREATE2 factory at ${FACTORY}: deploy that first`);
  }
  if (settings.ownerIsContract && size(await codeAt(chain, planned.owner)) === 0) {
    throw new DeploymentRefused(`owner ${planned.owner}: there is no contract; on this chain the owner must be a Safe`);
  }
}

async function checkEscrow(artifact: Artifact, planned: Plan, chain: PublicClient): Promise<void> {
  const code = await codeAt(chain, planned.address);
  if (!isDeployedCode(artifact, code)) {
    throw new DeploymentRefused(`${planned.address} holds other code than this build's`);
  }
  const read = (functionName: string) =>
    chain.readContract({ address: planned.address, abi: artifact.abi, functionName });
  const found = { guardian: await read('guardian'), signerDelay: await read('signerDelay'), owner: await read('owner') };
  if (found.signerDelay !== planned.signerDelay) {
    throw new DeploymentRefused(`${planned.address} has signer delay ${found.signerDelay}, not ${planned.signerDelay}`);
  }
  // Owner and guardian may have changed since an earlier deployment: that is told, and no failure.
  for (const name of ['owner', 'guardian'] as const) {
    if (!isAddressEqual(found[name] as Address, planned[name])) {
      console.warn(`${name} is now ${found[name]}, no longer ${planned[name]}`);
    }
  }
}
