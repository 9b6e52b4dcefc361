/**
 * {@code realm evaluate --robustness}: what noise, missing evidence, false and double evidence do
 * to answers, in a run of its own.
 */
@NullMarked
package io.realmstream.deploy.cli.evaluate.robustness;

import org.jspecify.annotations.NullMarked;
