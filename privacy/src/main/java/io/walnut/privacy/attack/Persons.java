package io.walnut.privacy.attack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Redemptions of one person, as an outsider can tell: by linked addresses, or by an unusual amount that comes again every
 * other week or month, as salaries do, even at fresh addresses.
 */
final class Persons {

    private static final long APART = Duration.ofDays(8).toSeconds();

    private static final int UNUSUAL_DIGITS = 4;

    private Persons() {
    }

    /** Groups of two and more. */
    static List<int[]> groups(Evidence evidence) {
        View view = evidence.view;
        int[] parent = java.util.stream.IntStream.range(0, view.redemptions.size()).toArray();
        var byPerson = new HashMap<Object, List<Integer>>();
        var byAmount = new HashMap<Long, List<Integer>>();
        for (int r = 0; r < parent.length; r++) {
            Redemption redemption = view.redemptions.get(r);
            if (!redemption.isReclaim()) {
                byPerson.computeIfAbsent(evidence.addresses.person(redemption.recipient()), p -> new ArrayList<>()).add(r);
                byAmount.computeIfAbsent(redemption.amount(), a -> new ArrayList<>()).add(r);
            }
        }
        byPerson.values().forEach(group -> join(parent, group));
        byAmount.values().stream().filter(group -> isSpaced(view, group)).forEach(group -> join(parent, group));
        return components(parent);
    }

    private static boolean isSpaced(View view, List<Integer> group) {
        for (int i = 1; i < group.size(); i++) {
            long gap = view.redemptions.get(group.get(i)).time() - view.redemptions.get(group.get(i - 1)).time();
            if (gap < APART) {
                return false;
            }
        }
        return group.size() > 1 && isUnusual(view.amount(view.redemptions.get(group.getFirst()).amount()));
    }

    /** Round amounts and single standard notes are everyone's. */
    private static boolean isUnusual(BigInteger amount) {
        return new BigDecimal(amount).stripTrailingZeros().precision() >= UNUSUAL_DIGITS;
    }

    private static void join(int[] parent, List<Integer> group) {
        for (int r : group) {
            parent[find(parent, r)] = find(parent, group.getFirst());
        }
    }

    private static int find(int[] parent, int r) {
        int root = r;
        while (parent[root] != root) {
            root = parent[root];
        }
        return root;
    }

    private static List<int[]> components(int[] parent) {
        Map<Integer, List<Integer>> members = new HashMap<>();
        for (int r = 0; r < parent.length; r++) {
            members.computeIfAbsent(find(parent, r), k -> new ArrayList<>()).add(r);
        }
        return members.values().stream().filter(m -> m.size() > 1)
                .map(m -> m.stream().mapToInt(Integer::intValue).toArray()).toList();
    }
}
