/** The measured figures: what an outsider finds under each policy and delay, as a table, as JSON and as plots. */
package io.walnut.privacy.report;
