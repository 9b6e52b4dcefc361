/** {@code realm learn status}: what the job RetrieverLearner has learned so far. */
@NullMarked
package io.realmstream.deploy.cli.learn.status;

import org.jspecify.annotations.NullMarked;
