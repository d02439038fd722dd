/** The chain: an anvil process. */
package io.walnut.devnet.anvil;
