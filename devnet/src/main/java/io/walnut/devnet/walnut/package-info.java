/** Walnut's own contracts, app, dataset and orders on the devnet, and the portal's settings for them. */
package io.walnut.devnet.walnut;
