/** The order book: orders, their hashes, and the market API over HTTP. */
package io.walnut.devnet.orderbook;
