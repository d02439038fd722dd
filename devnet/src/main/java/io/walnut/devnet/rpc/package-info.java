/** JSON-RPC, keys, transactions and ABI encoding. */
package io.walnut.devnet.rpc;
