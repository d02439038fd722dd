/** What differs between the chains that the escrow is deployed on. */
export interface ChainSettings {
  readonly chainId: number;
  /** Seconds between `addSigner` and its effect: time to exit for whoever does not trust the new one. */
  readonly signerDelay: bigint;
  /** Whether the owner must be a contract, such as a Safe. */
  readonly ownerIsContract: boolean;
  /** Where the verification input is to be sent. */
  readonly explorer?: string;
}

const DAY = 86_400n;

export const CHAINS = {
  anvil: { chainId: 31_337, signerDelay: 0n, ownerIsContract: false },
  sepolia: {
    chainId: 11_155_111, signerDelay: DAY, ownerIsContract: false, explorer: 'https://sepolia.etherscan.io/verifyContract',
  },
  'arbitrum-sepolia': {
    chainId: 421_614, signerDelay: DAY, ownerIsContract: false, explorer: 'https://sepolia.arbiscan.io/verifyContract',
  },
  'arbitrum-one': {
    chainId: 42_161, signerDelay: 7n * DAY, ownerIsContract: true, explorer: 'https://arbiscan.io/verifyContract',
  },
  mainnet: { chainId: 1, signerDelay: 7n * DAY, ownerIsContract: true, explorer: 'https://etherscan.io/verifyContract' },
} as const satisfies Record<string, ChainSettings>;

export type ChainName = keyof typeof CHAINS;

export const isChainName = (name: string): name is ChainName => Object.hasOwn(CHAINS, name);
