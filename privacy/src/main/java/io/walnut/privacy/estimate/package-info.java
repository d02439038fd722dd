/** What to tell a treasurer or recipient before they act: what an outsider could find out. */
package io.walnut.privacy.estimate;
