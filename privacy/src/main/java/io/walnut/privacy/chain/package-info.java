/** What anyone can read of one escrow from its chain. Nothing here knows which deposit pays which claim. */
package io.walnut.privacy.chain;
