package io.walnut.ejb.shared;

import java.security.SecureRandom;

/** Ids for objects of the API: a prefix that names the kind, then 26 characters that sort by time of making. */
public final class Ids {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Object LOCK = new Object();
    private static long lastTime;
    private static long lastHigh;
    private static long lastLow;

    private Ids() {
    }

    /** A new id, greater than every one that this process made before. */
    public static String next(String prefix) {
        long high;
        long low;
        synchronized (LOCK) {
            long now = System.currentTimeMillis();
            if (now > lastTime) {
                lastTime = now;
                lastHigh = RANDOM.nextLong() >>> 25;
                lastLow = RANDOM.nextLong() >>> 24;
            } else if (++lastLow >>> 40 != 0) {
                lastLow = 0;
                lastHigh++;
            }
            high = lastHigh;
            low = lastLow;
            now = lastTime;
            return prefix + '_' + digits(now, 10) + digits(high, 8) + digits(low, 8);
        }
    }

    /**
     * A new id that does not follow from others: for what whoever knows the id may read. Of those that are made within a
     * millisecond, any may be the greater.
     */
    public static String unguessable(String prefix) {
        return prefix + '_' + digits(System.currentTimeMillis(), 10) + digits(RANDOM.nextLong() >>> 25, 8)
            + digits(RANDOM.nextLong() >>> 24, 8);
    }

    private static String digits(long value, int count) {
        char[] out = new char[count];
        for (int i = count - 1; i >= 0; i--) {
            out[i] = ALPHABET[(int) (value & 31)];
            value >>>= 5;
        }
        return new String(out);
    }
}
