package io.walnut.privacy.attack;

import java.util.List;
import java.util.Map;

/**
 * What an attack on one chain gives.
 *
 * @param suspicions of all evidence together, one for each redemption that is no reclaim and for which some deposit can
 *     have paid
 * @param balanced the same, by an attacker who besides balances the books of all deposits
 * @param assertions what each heuristic alone says of each redemption that is no reclaim
 */
public record Findings(List<Suspicion> suspicions, List<Suspicion> balanced, Map<Heuristic, List<Assertion>> assertions) {
}
