/** {@code realm evaluate --kind masked_lm}: masked words with and without passages. */
@NullMarked
package io.realmstream.deploy.cli.evaluate.masked;

import org.jspecify.annotations.NullMarked;
