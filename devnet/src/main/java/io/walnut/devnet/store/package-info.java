/** The result store, which speaks as IPFS does. */
package io.walnut.devnet.store;
