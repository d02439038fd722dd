/** What {@code ./walnut up} and {@code ./walnut demo} run: a devnet, the portal on its server, and a user. */
package io.walnut.devnet.launch;
