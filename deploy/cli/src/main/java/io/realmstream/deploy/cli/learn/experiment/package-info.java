/** {@code realm learn experiment}: arms that learn from one start. */
@NullMarked
package io.realmstream.deploy.cli.learn.experiment;

import org.jspecify.annotations.NullMarked;
