/** A small HTTP server with routes, and signed challenges. */
package io.walnut.devnet.http;
