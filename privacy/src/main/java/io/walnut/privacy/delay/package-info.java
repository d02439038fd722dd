/** How long a relayed claim is held. */
package io.walnut.privacy.delay;
