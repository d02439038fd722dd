/** iExec's contracts: deploying them, and reading the hub. */
package io.walnut.devnet.poco;
