/** Treasury traffic through an escrow: who pays whom, when and how much, and what of it the chain shows. */
package io.walnut.privacy.simulation;
