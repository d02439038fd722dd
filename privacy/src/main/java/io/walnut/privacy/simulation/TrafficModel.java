package io.walnut.privacy.simulation;

/**
 * The traffic that figures hold for. Shares are between 0 and 1, and of persons unless said otherwise.
 *
 * @param companies that share one escrow
 * @param days simulated
 * @param warmUpDays at the start, in which claims are not judged
 * @param reuses persons who take every payment at their one main address
 * @param paidBefore persons whose main address their company has paid in public, before it used Walnut
 * @param consolidates persons who later send what a fresh address received on to their main address
 * @param sendsThemselves persons who send their claim from a wallet instead of using the relayer
 * @param keepsReusing of the persons who reuse, those who do so even when asked for a fresh address: they then have to
 *     send the claim themselves
 * @param unclaimed payments that nobody claims, so that they return to the sender
 * @param exits payments that are redeemed by showing the note's path
 */
public record TrafficModel(int companies, int days, int warmUpDays, double reuses, double paidBefore,
        double consolidates, double sendsThemselves, double keepsReusing, double unclaimed, double exits) {

    public static final TrafficModel DEFAULT =
            new TrafficModel(12, 120, 45, 0.20, 0.05, 0.08, 0.05, 0.10, 0.03, 0.002);

    public TrafficModel withCompanies(int number) {
        return new TrafficModel(number, days, warmUpDays, reuses, paidBefore, consolidates, sendsThemselves,
                keepsReusing, unclaimed, exits);
    }

    public TrafficModel withDays(int number, int warmUp) {
        return new TrafficModel(companies, number, warmUp, reuses, paidBefore, consolidates, sendsThemselves,
                keepsReusing, unclaimed, exits);
    }
}
