import { parseAbi } from './viem';

/** What a receipt is checked against (docs/protocol.md §4). */
export const escrowViews = parseAbi([
  'function isRedeemed(address linkKey) view returns (bool)',
  'function depositOf(bytes32 deposit) view returns (address depositor, uint96 time)',
]);

export const escrowEvents = parseAbi([
  'event Deposited(bytes32 indexed deposit, address indexed depositor, address indexed token, uint256 amount, bytes32 notesRoot)',
  'event Claimed(address indexed linkKey, uint256 amount, address recipient)',
  'event TokenClaimed(address indexed linkKey, address token, uint256 amount, address recipient)',
  'event Exited(bytes32 indexed deposit, address indexed linkKey, address token, uint256 amount, address recipient)',
]);
