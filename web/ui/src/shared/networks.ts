export interface Network {
  name: string;
  coin: string;
  explorer?: string;
}

const NETWORKS: Record<number, Network> = {
  1: { name: 'Ethereum', coin: 'ETH', explorer: 'https://etherscan.io' },
  10: { name: 'OP Mainnet', coin: 'ETH', explorer: 'https://optimistic.etherscan.io' },
  100: { name: 'Gnosis', coin: 'xDAI', explorer: 'https://gnosisscan.io' },
  137: { name: 'Polygon', coin: 'POL', explorer: 'https://polygonscan.com' },
  8453: { name: 'Base', coin: 'ETH', explorer: 'https://basescan.org' },
  42161: { name: 'Arbitrum One', coin: 'ETH', explorer: 'https://arbiscan.io' },
  421614: { name: 'Arbitrum Sepolia', coin: 'ETH', explorer: 'https://sepolia.arbiscan.io' },
  11155111: { name: 'Sepolia', coin: 'ETH', explorer: 'https://sepolia.etherscan.io' },
  65535: { name: 'Walnut devnet', coin: 'ETH' },
};

export function networkOf(chainId: number): Network {
  return NETWORKS[chainId] ?? { name: `Chain ${chainId}`, coin: 'coin' };
}

export function explorerLink(chainId: number, hash: string): string | undefined {
  const explorer = networkOf(chainId).explorer;
  return explorer && `${explorer}/tx/${hash}`;
}
