/**
 * What an outsider can do with the chain alone: single heuristics, and an attacker who weighs all evidence together.
 * Attackers know the policy and the statistics of the traffic, never a secret.
 */
package io.walnut.privacy.attack;
