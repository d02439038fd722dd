package io.walnut.devnet.launch;

import java.nio.file.Path;

/**
 * What a run of {@code ./walnut kill} does.
 *
 * @param root the repository, built
 * @param dir emptied first; keeps database, chain and logs
 * @param kills how many in all, of portal, worker and chain at random
 * @param links payments in all
 * @param seed of all that is random but keys; the same seed kills the same parts after the same pauses
 */
public record KillPlan(Path root, Path dir, int kills, int links, long seed) {

    private static final int MOST_LINKS = 10_000;
    private static final int MOST_KILLS = 10_000;

    public KillPlan {
        if (kills < 0 || kills > MOST_KILLS || links < 1 || links > MOST_LINKS) {
            throw new LaunchException("--kills takes 0 to " + MOST_KILLS + ", --links 1 to " + MOST_LINKS);
        }
    }

    static KillPlan parse(String... arguments) {
        Path dir = Path.of(".run", "kill");
        int kills = 200;
        int links = 500;
        long seed = System.nanoTime();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new LaunchException("the option " + arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--dir" -> dir = Path.of(value);
                case "--kills" -> kills = (int) number(arguments[i], value);
                case "--links" -> links = (int) number(arguments[i], value);
                case "--seed" -> seed = number(arguments[i], value);
                default -> throw new LaunchException(
                        "unknown option " + arguments[i] + "; --kills, --links, --seed and --dir are known");
            }
        }
        return new KillPlan(Path.of("").toAbsolutePath(), dir.toAbsolutePath(), kills, links, seed);
    }

    private static long number(String option, String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw new LaunchException(option + " takes a number, not " + value);
        }
        return Long.parseLong(value);
    }
}
