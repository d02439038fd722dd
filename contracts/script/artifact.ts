import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Abi, Hex } from 'viem';

/** What the compiler gave for the escrow. */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
  readonly deployedBytecode: Hex;
  /** Where the constructor writes immutables into the deployed code, in bytes. */
  readonly immutables: readonly { readonly start: number; readonly length: number }[];
}

interface Compiled {
  readonly abi: Abi;
  readonly bytecode: { readonly object: Hex };
  readonly deployedBytecode: {
    readonly object: Hex;
    readonly immutableReferences: Record<string, { start: number; length: number }[]>;
  };
  readonly metadata: {
    readonly compiler: { readonly version: string };
    readonly settings: { readonly compilationTarget: Record<string, string> } & Record<string, unknown>;
    readonly sources: Record<string, unknown>;
  };
}

const compiled = (home: string): Compiled =>
  JSON.parse(readFileSync(join(home, 'target', 'forge', 'out', 'WalnutEscrow.sol', 'WalnutEscrow.json'), 'utf8'));

export function readArtifact(home: string): Artifact {
  const { abi, bytecode, deployedBytecode } = compiled(home);
  return {
    abi,
    bytecode: bytecode.object,
    deployedBytecode: deployedBytecode.object,
    immutables: Object.values(deployedBytecode.immutableReferences).flat(),
  };
}

/** Whether `code` is the artifact's, whatever its constructor wrote into it. */
export function isDeployedCode(artifact: Artifact, code: Hex): boolean {
  if (code.length !== artifact.deployedBytecode.length) return false;
  const blank = (hex: Hex) => {
    const bytes = Buffer.from(hex.slice(2), 'hex');
    artifact.immutables.forEach(({ start, length }) => bytes.fill(0, start, start + length));
    return bytes;
  };
  return blank(code).equals(blank(artifact.deployedBytecode));
}

/** What a block explorer needs to compile the same bytecode: the compiler's standard JSON input. */
export interface VerificationInput {
  readonly contractName: string;
  readonly compilerVersion: string;
  /** ABI-encoded, without 0x, as explorers want it. */
  readonly constructorArguments: string;
  readonly standardJsonInput: StandardJsonInput;
}

export interface StandardJsonInput {
  readonly language: 'Solidity';
  readonly sources: Record<string, { readonly content: string }>;
  readonly settings: Record<string, unknown>;
}

export function verificationInput(home: string, constructorArguments: Hex): VerificationInput {
  const { compiler, settings, sources } = compiled(home).metadata;
  const { compilationTarget, ...compilerSettings } = settings;
  return {
    contractName: Object.entries(compilationTarget)[0].join(':'),
    compilerVersion: `v${compiler.version}`,
    constructorArguments: constructorArguments.slice(2),
    standardJsonInput: {
      language: 'Solidity',
      sources: Object.fromEntries(
        Object.keys(sources).map((path) => [path, { content: readFileSync(join(home, path), 'utf8') }]),
      ),
      settings: { ...compilerSettings, outputSelection: { '*': { '*': ['abi', 'evm.bytecode', 'evm.deployedBytecode'] } } },
    },
  };
}
