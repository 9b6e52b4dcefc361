/** The {@code realm evaluate} command: how good the answers and the passages behind them are. */
@NullMarked
package io.realmstream.deploy.cli.evaluate;

import org.jspecify.annotations.NullMarked;
